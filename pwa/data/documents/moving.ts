import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const DifferenceParts = graphql(`
  fragment DifferenceParts on Difference {
    toWard planned leaving { ...TextParts } to { ...TextParts }
    family { id name birthDate } people { id name birthDate }
    changes {
      id order kind phase at procedure subject { id name } opens lastDay law confidence
      name { ...TextParts } because { ...TextParts } onlyIf { ...TextParts } office { ...TextParts } late { ...TextParts } wardSays { ...TextParts }
    }
    papers { id at changes name { ...TextParts } }
    spared { name { ...TextParts } why { ...TextParts } }
    handover {
      contents minutes planned ward { code name { ...TextParts } } leavingName { ...TextParts }
      household { code name { ...TextParts } }
      people { name birthDate items { code name { ...TextParts } } }
    }
  }
`, [TextParts]);

export const ShowDifference = graphql(`
  query ShowDifference($toWard: ID!, $movesOn: Date, $people: [ID!]) {
    viewer { id difference(toWard: $toWard, movesOn: $movesOn, people: $people) { ...DifferenceParts } }
  }
`, [DifferenceParts]);

export const MakeHandover = graphql(`
  mutation MakeHandover($input: HandoverInput!) {
    makeHandover(input: $input) {
      __typename
      ... on Handover { token madeAt expiresAt path side ward { code name { ...TextParts } } }
      ... on FieldsRefused { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);
