import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const OfferParts = graphql(`
  fragment OfferParts on LinkOffer {
    id kind linkedAt toldAt page
    name { ...TextParts } ward { code }
    gives { name { ...TextParts } } told { value name { ...TextParts } }
  }
`, [TextParts]);

export const ShowLinks = graphql(`
  query ShowLinks { viewer { id links { offers { ...OfferParts } } } }
`, [OfferParts]);

export const UnlinkId = graphql(`
  mutation UnlinkId($provider: ID!) {
    unlinkId(provider: $provider) {
      __typename
      ... on Links { offers { ...OfferParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, OfferParts]);
