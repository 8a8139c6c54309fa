import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

export const WhoIsHere = graphql(`
  query WhoIsHere {
    service { pushKey now today version showsComponents movesFrom movesTo wards { code name { ...TextParts } } }
    viewer { id name language languageChosen unread consentsDecidedAt sessionEndsAt sessionRestsAfter ward { code name { ...TextParts } } filedRule { ...TextParts } }
  }
`, [TextParts]);

export const ChooseLanguage = graphql(`
  mutation ChooseLanguage($language: Language!) {
    chooseLanguage(language: $language) {
      __typename
      ... on Viewer { id language languageChosen }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

/** A push to this phone alone. */
export const TryPush = graphql(`
  mutation TryPush($endpoint: String!) {
    tryPush(endpoint: $endpoint) {
      __typename
      ... on PushTrial { id }
    }
  }
`);

export const ShowPushTrial = graphql(`
  query ShowPushTrial($id: ID!) { viewer { id pushTrial(id: $id) { id outcome } } }
`);
