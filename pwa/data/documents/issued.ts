import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const DocumentParts = graphql(`
  fragment DocumentParts on Document {
    id number title to isCertificate isReceipt issuedOn validUntil fetchedAt verdict digest content seal
    copy { address until square { path side } }
    ward { ...TextParts } verdictText { ...TextParts } entries { label value }
  }
`, [TextParts]);

export const ShowDocuments = graphql(`
  query ShowDocuments { viewer { id documents { ...DocumentParts } } }
`, [DocumentParts]);

export const FetchDocuments = graphql(`
  mutation FetchDocuments {
    fetchDocuments {
      __typename
      ... on Documents { documents { ...DocumentParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, DocumentParts]);

export const DeleteDocument = graphql(`
  mutation DeleteDocument($id: ID!) {
    deleteDocument(id: $id) {
      __typename
      ... on Documents { documents { ...DocumentParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, DocumentParts]);

/** For whoever holds a copy: no login. */
export const ShowCopy = graphql(`
  query ShowCopy($code: String!) {
    copy(code: $code) {
      __typename
      ... on Copy {
        number title to issuedOn validUntil isOver verdict digest
        ward { ...TextParts } verdictText { ...TextParts } entries { label value }
      }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
    }
  }
`, [TextParts]);
