import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const EntryParts = graphql(`
  fragment EntryParts on RecordEntry {
    lines { masked label { ...TextParts } values { kind text word { ...TextParts } unit { ...TextParts } } }
  }
`, [TextParts]);

const RecordParts = graphql(`
  fragment RecordParts on Record {
    id operator state isAskedWithHome asOf keptUntil stoppedAt silentSince agreedAt law confidence isPublic link
    name { ...TextParts } operatorName { ...TextParts } note { ...TextParts } why { ...TextParts }
    sends { ...TextParts } purpose { ...TextParts } basis { ...TextParts } onlyFor { ...TextParts }
    shut { ...TextParts } outage { begins ends text { ...TextParts } }
    content {
      ...EntryParts
      groups { label { ...TextParts } entries { ...EntryParts groups { label { ...TextParts } entries { ...EntryParts } } } }
    }
  }
`, [TextParts, EntryParts]);

export const ShowRecords = graphql(`
  query ShowRecords { viewer { id records { mostAtOnce records { ...RecordParts } } } }
`, [RecordParts]);

export const AskRecords = graphql(`
  mutation AskRecords($sources: [ID!]!) {
    askRecords(sources: $sources) {
      __typename
      ... on Records { mostAtOnce records { ...RecordParts } }
      ... on FieldsRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, RecordParts]);

export const StopAskingRecords = graphql(`
  mutation StopAskingRecords($source: ID!) {
    stopAskingRecords(source: $source) {
      __typename
      ... on Records { mostAtOnce records { ...RecordParts } }
      ... on FieldsRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, RecordParts]);

export const HearRecords = graphql(`
  subscription HearRecords($sources: [ID!]!) { recordsRefreshed(sources: $sources) { remaining record { ...RecordParts } } }
`, [RecordParts]);
