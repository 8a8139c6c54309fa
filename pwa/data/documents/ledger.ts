import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const ReadingParts = graphql(`
  fragment ReadingParts on Reading {
    id at kind source incoming isRefused case law who { ...TextParts } sourceName { ...TextParts }
    operatorName { ...TextParts } purpose { ...TextParts } basis { ...TextParts } outcome { ...TextParts }
    question { id kind text files { id mediaType size } askedAt due answer answeredAt office ward { code name { ...TextParts } } }
  }
`, [TextParts]);

export const ShowReadings = graphql(`
  query ShowReadings($after: String, $kind: ReadingKind, $source: ID, $refused: Boolean! = false) {
    viewer {
      id toldOfLooks
      readings(first: 30, after: $after, kind: $kind, source: $source, refused: $refused) {
        nodes { ...ReadingParts }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [ReadingParts]);

export const AskAboutReading = graphql(`
  mutation AskAboutReading($reading: ID!, $kind: LedgerQuestionKind!, $text: String!, $files: [ID!]) {
    askAboutReading(reading: $reading, kind: $kind, text: $text, files: $files) {
      __typename
      ... on Reading { ...ReadingParts }
      ... on FieldsRefused { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, ReadingParts]);

export const TellOfLooks = graphql(`
  mutation TellOfLooks($told: ToldOfLooks!) {
    tellOfLooks(told: $told) {
      __typename
      ... on LookWish { told }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);
