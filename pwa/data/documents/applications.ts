import { graphql } from '../graphql.ts';
import { TextParts, FormParts, ApplicationParts } from './parts.ts';

export const ShowApplications = graphql(`
  query ShowApplications($after: String) {
    viewer {
      id
      applications(first: 20, after: $after) {
        nodes { ...ApplicationParts }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [ApplicationParts]);

export const ShowApplication = graphql(`
  query ShowApplication($id: ID!) { viewer { id application(id: $id) { ...ApplicationParts } } }
`, [ApplicationParts]);

export const ShowSent = graphql(`
  query ShowSent($id: ID!) {
    viewer { id application(id: $id) { ...ApplicationParts answers { values masked } } }
  }
`, [ApplicationParts]);

export const SubmitApplication = graphql(`
  mutation SubmitApplication($input: SubmitApplicationInput!) {
    submitApplication(input: $input) {
      __typename
      ... on Application { ...ApplicationParts }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on FormChanged { message { ...TextParts } form { ...FormParts } }
      ... on SignatureNeeded { message { ...TextParts } }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, ApplicationParts, FormParts]);

export const PassOn = graphql(`
  mutation PassOn($application: ID!, $flow: ID!, $agreed: Boolean!) {
    passOn(application: $application, flow: $flow, agreed: $agreed) {
      __typename
      ... on Application { ...ApplicationParts }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [ApplicationParts, TextParts]);
