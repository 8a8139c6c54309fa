import { graphql } from '../graphql.ts';
import { ApplicationParts, TextParts } from './parts.ts';

export const WithdrawApplication = graphql(`
  mutation WithdrawApplication($id: ID!) {
    withdrawApplication(id: $id) {
      __typename
      ... on Application { ...ApplicationParts }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [ApplicationParts, TextParts]);
