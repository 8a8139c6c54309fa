import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const ReachParts = graphql(`
  fragment ReachParts on Reach {
    addresses { kind address state } kinds otherGuardians steps { rung minutes } urgentSteps { rung minutes }
  }
`);

export const ShowReach = graphql(`
  query ShowReach { viewer { id reach { ...ReachParts } } }
`, [ReachParts]);

export const AskReach = graphql(`
  mutation AskReach($kind: ReachKind!, $address: String!) {
    askReach(kind: $kind, address: $address) {
      __typename
      ... on Reach { ...ReachParts }
      ... on FieldsRefused { message { ...TextParts } fields { message { ...TextParts } } }
      ... on TooManyTries { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, ReachParts]);

export const ConfirmReach = graphql(`
  mutation ConfirmReach($code: String!) {
    confirmReach(code: $code) {
      __typename
      ... on Reach { ...ReachParts }
      ... on FieldsRefused { message { ...TextParts } fields { message { ...TextParts } } }
      ... on TooManyTries { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, ReachParts]);

export const ForgetReach = graphql(`
  mutation ForgetReach($kind: ReachKind!) {
    forgetReach(kind: $kind) {
      __typename
      ... on Reach { ...ReachParts }
      ... on FieldsRefused { message { ...TextParts } fields { message { ...TextParts } } }
      ... on TooManyTries { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, ReachParts]);

const SendersParts = graphql(`
  fragment SendersParts on Senders { senders { id name { ...TextParts } subject agreedAt } }
`, [TextParts]);

export const ShowPartners = graphql(`
  query ShowPartners {
    viewer {
      id
      senders { ...SendersParts }
      senderCases {
        sender { ...TextParts } title { ...TextParts } label { ...TextParts } state changedAt actBy
        steps { at state label { ...TextParts } }
      }
    }
  }
`, [TextParts, SendersParts]);

export const AgreeSender = graphql(`
  mutation AgreeSender($sender: ID!, $reference: String!) {
    agreeSender(sender: $sender, reference: $reference) {
      __typename
      ... on Senders { ...SendersParts }
      ... on FieldsRefused { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, SendersParts]);

export const StopSender = graphql(`
  mutation StopSender($sender: ID!) {
    stopSender(sender: $sender) {
      __typename
      ... on Senders { ...SendersParts }
      ... on FieldsRefused { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, SendersParts]);
