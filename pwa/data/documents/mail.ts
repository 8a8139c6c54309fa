import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const NoticeParts = graphql(`
  fragment NoticeParts on Notice {
    id kind sentAt openedAt actBy about
    sender { ...TextParts } title { ...TextParts } body { ...TextParts }
  }
`, [TextParts]);

export const ShowInbox = graphql(`
  query ShowInbox($after: String) {
    viewer {
      id unread
      inbox(first: 20, after: $after) {
        nodes { ...NoticeParts }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [NoticeParts]);

export const ShowNotice = graphql(`
  query ShowNotice($id: ID!) { viewer { id unread notice(id: $id) { ...NoticeParts } } }
`, [NoticeParts]);

export const OpenNotice = graphql(`
  mutation OpenNotice($id: ID!) {
    openNotice(id: $id) {
      __typename
      ... on Notice { ...NoticeParts }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, NoticeParts]);

export const SubscribePush = graphql(`
  mutation SubscribePush($input: PushSubscriptionInput!) {
    subscribePush(input: $input) {
      __typename
      ... on PushDevice { endpoint expiresAt }
      ... on EndpointRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const UnsubscribePush = graphql(`
  mutation UnsubscribePush($endpoint: String!) {
    unsubscribePush(endpoint: $endpoint) {
      __typename
      ... on PushDeviceGone { endpoint }
      ... on EndpointRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);
