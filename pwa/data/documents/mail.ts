import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const NoticeParts = graphql(`
  fragment NoticeParts on Notice {
    id kind sentAt openedAt confirmedAt answeredAt archivedAt unreadAt actBy about senderKey topic children
    revision recalledAt lapsesAt asks
    sender { ...TextParts } title { ...TextParts } body { ...TextParts }
    attachments { id name mediaType size pages keptUntil }
  }
`, [TextParts]);

export const ShowInbox = graphql(`
  query ShowInbox($after: String) {
    viewer {
      id unread
      inbox(first: 50, after: $after) {
        nodes { ...NoticeParts }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [NoticeParts]);

/** Older ones that fit, a bounded number looked through a time. */
export const FindNotices = graphql(`
  query FindNotices($filter: NoticeFilterInput!, $after: String) {
    viewer {
      id
      findNotices(filter: $filter, first: 20, after: $after) {
        nodes { ...NoticeParts }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [NoticeParts]);

/** With what an earlier revision said, which a list has no use for. */
export const ShowNotice = graphql(`
  query ShowNotice($id: ID!) {
    viewer {
      id unread
      notice(id: $id) {
        ...NoticeParts
        earlier { revision at why title { ...TextParts } body { ...TextParts } }
      }
    }
  }
`, [NoticeParts, TextParts]);

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

export const SortNotices = graphql(`
  mutation SortNotices($act: SortAct!, $ids: [ID!]!) {
    sortNotices(act: $act, ids: $ids) {
      __typename
      ... on NoticesSorted { ids owed }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

const MailWishesParts = graphql(`
  fragment MailWishesParts on MailWishes { quietFrom quietUntil digestAt mutes byEvent }
`);

export const ShowMailWishes = graphql(`
  query ShowMailWishes { viewer { id mailWishes { ...MailWishesParts } } }
`, [MailWishesParts]);

export const ChooseMailWishes = graphql(`
  mutation ChooseMailWishes($input: MailWishesInput!) {
    chooseMailWishes(input: $input) {
      __typename
      ... on MailWishes { ...MailWishesParts }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, MailWishesParts]);

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
