import { graphql } from '../graphql.ts';
import { FormParts, TextParts } from './parts.ts';

export const BeginSignature = graphql(`
  mutation BeginSignature($input: SubmitApplicationInput!) {
    beginSignature(input: $input) {
      __typename
      ... on SignatureBegun { id leaveBy }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on FormChanged { message { ...TextParts } form { ...FormParts } }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, FormParts]);

export const ShowReceipt = graphql(`
  query ShowReceipt($id: ID!) {
    viewer { id application(id: $id) { id receipt { sealedAt stampedAt file } } }
  }
`);
