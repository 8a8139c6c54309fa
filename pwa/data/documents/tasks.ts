import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const PartParts = graphql(`
  fragment PartParts on Part {
    id step application part to code state endsOn longestDays askedAt openedAt settledAt reason
    title { ...TextParts } procedure { ...TextParts } square { path side }
    written { label { ...TextParts } value { ...TextParts } }
  }
`, [TextParts]);

export const ShowParts = graphql(`
  query ShowParts { viewer { id parts { ...PartParts } } }
`, [PartParts]);

export const ShowAskable = graphql(`
  query ShowAskable($step: ID!) {
    viewer { id askableParts(step: $step) { id longestDays name { ...TextParts } askedOf { ...TextParts } } }
  }
`, [TextParts]);

export const AskPart = graphql(`
  mutation AskPart($input: AskPartInput!) {
    askPart(input: $input) {
      __typename
      ... on Part { ...PartParts }
      ... on FieldsRefused { message { ...TextParts } fields { message { ...TextParts } } }
      ... on StepClosed { message { ...TextParts } }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, PartParts]);

export const RenewPart = graphql(`
  mutation RenewPart($id: ID!, $endsOn: Date!) {
    renewPart(id: $id, endsOn: $endsOn) {
      __typename
      ... on Part { ...PartParts }
      ... on FieldsRefused { message { ...TextParts } fields { message { ...TextParts } } }
      ... on StepClosed { message { ...TextParts } }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, PartParts]);

export const TakeBackPart = graphql(`
  mutation TakeBackPart($id: ID!) {
    takeBackPart(id: $id) {
      __typename
      ... on Part { ...PartParts }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, PartParts]);

export const SendWithoutParts = graphql(`
  mutation SendWithoutParts($application: ID!) {
    sendWithoutParts(application: $application) {
      __typename
      ... on Application { id }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const ShowTask = graphql(`
  query ShowTask($code: String!) {
    task(code: $code) {
      __typename
      ... on Task {
        about to until mayDecline title { ...TextParts } intro { ...TextParts } procedure { ...TextParts }
        fields { id kind longest required label { ...TextParts } choices { value label { ...TextParts } } }
      }
      ... on FieldsRefused { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const DoTask = graphql(`
  mutation DoTask($code: String!, $answers: JSON!) {
    doTask(code: $code, answers: $answers) {
      __typename
      ... on Task { about }
      ... on FieldsRefused { message { ...TextParts } fields { field message { ...TextParts } } }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const DeclineTask = graphql(`
  mutation DeclineTask($code: String!, $reason: String!) {
    declineTask(code: $code, reason: $reason) {
      __typename
      ... on Task { about }
      ... on FieldsRefused { message { ...TextParts } fields { field message { ...TextParts } } }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
    }
  }
`, [TextParts]);
