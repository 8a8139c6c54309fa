import { graphql } from '../graphql.ts';
import { ApplicationParts, FormParts, TextParts } from './parts.ts';

export const KeepFolder = graphql(`
  mutation KeepFolder($input: FolderInput!, $parts: [FolderPartInput!]!) {
    keepFolder(input: $input, parts: $parts) {
      __typename
      ... on Folder { id }
      ... on FieldsRefused { message { ...TextParts } }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const BeginFolderSignature = graphql(`
  mutation BeginFolderSignature($input: FolderInput!, $filings: [SubmitApplicationInput!]!) {
    beginFolderSignature(input: $input, filings: $filings) {
      __typename
      ... on SignatureBegun { id leaveBy }
      ... on PartsRefused {
        message { ...TextParts }
        parts { place message { ...TextParts } fields { field code message { ...TextParts } } form { ...FormParts } }
      }
      ... on FieldsRefused { message { ...TextParts } }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, FormParts]);

export const ShowFolder = graphql(`
  query ShowFolder($id: ID!) {
    viewer {
      id
      folder(id: $id) {
        id event madeAt
        parts { procedure subject title { ...TextParts } application { ...ApplicationParts } }
      }
    }
  }
`, [TextParts, ApplicationParts]);

export const ShowFolders = graphql(`
  query ShowFolders { viewer { id folders { id event madeAt name { ...TextParts } parts { procedure } } } }
`, [TextParts]);

/** What sending all of these needs of her session, as it stands now. */
export const ShowNeedsOfAll = graphql(`
  query ShowNeedsOfAll($procedures: [ID!]!) { viewer { id needsOfAll(procedures: $procedures) { isMet cardOnly } } }
`);
