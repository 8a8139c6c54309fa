import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const ConsentsParts = graphql(`
  fragment ConsentsParts on Consents {
    decidedAt
    consents {
      id isOfHome operator law confidence keptDays agreedAt endedAt
      name { ...TextParts } operatorName { ...TextParts } tells { ...TextParts } without { ...TextParts }
      filling { id agreedAt }
      group { id name { ...TextParts } purpose { ...TextParts } }
      sends { ...TextParts } purpose { ...TextParts } basis { ...TextParts }
    }
  }
`, [TextParts]);

export const ShowConsents = graphql(`
  query ShowConsents { viewer { id consents { ...ConsentsParts } } }
`, [ConsentsParts]);

export const DecideConsents = graphql(`
  mutation DecideConsents($yes: [ID!]!, $no: [ID!]!) {
    decideConsents(yes: $yes, no: $no) {
      __typename
      ... on Consents { ...ConsentsParts }
      ... on FieldsRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, ConsentsParts]);
