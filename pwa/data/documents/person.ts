import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

export const WhoIsHere = graphql(`
  query WhoIsHere {
    service { pushKey now today version movesFrom movesTo wards { code name { ...TextParts } } }
    viewer { id name language unread consentsDecidedAt ward { code name { ...TextParts } } filedRule { ...TextParts } }
  }
`, [TextParts]);

export const ChooseLanguage = graphql(`
  mutation ChooseLanguage($language: Language!) {
    chooseLanguage(language: $language) {
      __typename
      ... on Viewer { id language }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);
