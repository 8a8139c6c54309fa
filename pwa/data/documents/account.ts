import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const AccountParts = graphql(`
  fragment AccountParts on Account {
    madeAt changedAt calledOffAt mergedAt knownBy graceDays
    ward { code name { ...TextParts } }
    movingTo { code name { ...TextParts } }
    told { item value at before }
  }
`, [TextParts]);

export const ShowAccount = graphql(`
  query ShowAccount { viewer { id account { ...AccountParts } } }
`, [AccountParts]);

export const ReadChanges = graphql(`
  mutation ReadChanges {
    changesRead {
      __typename
      ... on Account { ...AccountParts }
      ... on FieldsRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, AccountParts]);

export const ChooseMovingTo = graphql(`
  mutation ChooseMovingTo($ward: ID) {
    chooseMovingTo(ward: $ward) {
      __typename
      ... on Account { ...AccountParts }
      ... on FieldsRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, AccountParts]);

export const DeleteAccount = graphql(`
  mutation DeleteAccount($typed: String!) {
    deleteAccount(typed: $typed) {
      __typename
      ... on AccountErasing { at }
      ... on FieldsRefused { fields { message { ...TextParts } } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const BeginMerge = graphql(`
  mutation BeginMerge {
    beginMerge {
      __typename
      ... on MergeBegun { token until }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const OfferMerge = graphql(`
  mutation OfferMerge($token: String!) {
    offerMerge(token: $token) {
      __typename
      ... on MergeOffer {
        stays { name knownBy madeAt applications }
        goes { name knownBy madeAt applications }
      }
      ... on Denied { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const MergeAccounts = graphql(`
  mutation MergeAccounts($token: String!) {
    mergeAccounts(token: $token) {
      __typename
      ... on Account { ...AccountParts }
      ... on Denied { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
    }
  }
`, [TextParts, AccountParts]);
