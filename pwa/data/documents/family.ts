import { graphql } from '../graphql.ts';
import { FormParts, TextParts } from './parts.ts';

const MandateParts = graphql(`
  fragment MandateParts on Mandate {
    id kind state forMe other givenBy about maySend mayEnd endsOn endedAt codeUntil
    kindName { ...TextParts } purpose { ...TextParts } bundles { ...TextParts }
    items { ...TextParts } hidden { ...TextParts } written { value label { ...TextParts } }
  }
`, [TextParts]);

export const ShowFamily = graphql(`
  query ShowFamily {
    viewer {
      id
      seenByGuardians {
        watchers { name until kind { ...TextParts } items { ...TextParts } }
        steps { ...TextParts } applications { title { ...TextParts } stateText { ...TextParts } }
      }
      family {
        rights { ...TextParts }
        children { id name ofAgeOn seesFrom hasOwnAccount others }
        members { id name isChild }
        actsFor { ...MandateParts } actedForBy { ...MandateParts } aboutMe { ...MandateParts }
        kinds {
          id byWard about maySend longestDays name { ...TextParts }
          scopes { id name { ...TextParts } } purposes { id name { ...TextParts } }
          items { ...TextParts } hidden { ...TextParts }
        }
      }
    }
  }
`, [TextParts, MandateParts]);

export const ShowRepresented = graphql(`
  query ShowRepresented($mandate: ID!) {
    viewer {
      id
      represented(mandate: $mandate) {
        __typename
        ... on Represented {
          name giver mandate { ...MandateParts } hidden { ...TextParts }
          steps { id state due daysLeft canSend name { ...TextParts } }
          applications {
            id acceptedAt byRepresentative title { ...TextParts } stateText { ...TextParts }
            history { at text { ...TextParts } }
          }
          notices { id sentAt title { ...TextParts } }
        }
        ... on Denied { message { ...TextParts } }
        ... on NotFound { message { ...TextParts } }
        ... on SignInNeeded { message { ...TextParts } }
        ... on StepUpNeeded { cardOnly message { ...TextParts } }
      }
    }
  }
`, [TextParts, MandateParts]);

export const ShowRepresentedForm = graphql(`
  query ShowRepresentedForm($mandate: ID!, $step: ID!) {
    viewer {
      id
      representedForm(mandate: $mandate, step: $step) {
        __typename
        ... on RepresentedForm { withheld { ...TextParts } form { ...FormParts } }
        ... on Denied { message { ...TextParts } }
        ... on NotFound { message { ...TextParts } }
        ... on SignInNeeded { message { ...TextParts } }
        ... on StepUpNeeded { cardOnly message { ...TextParts } }
      }
    }
  }
`, [TextParts, FormParts]);

export const ShowInvitation = graphql(`
  query ShowInvitation($code: String!) {
    viewer {
      id
      invitation(code: $code) {
        __typename
        ... on Invitation {
          giver about maySend endsOn kindName { ...TextParts } purpose { ...TextParts }
          bundles { ...TextParts } items { ...TextParts }
        }
        ... on Denied { message { ...TextParts } }
        ... on TooManyTries { message { ...TextParts } }
        ... on NotFound { message { ...TextParts } }
        ... on SignInNeeded { message { ...TextParts } }
        ... on StepUpNeeded { cardOnly message { ...TextParts } }
      }
    }
  }
`, [TextParts]);

export const InviteDelegate = graphql(`
  mutation InviteDelegate($input: InviteInput!) {
    inviteDelegate(input: $input) {
      __typename
      ... on Invited { code mandate { ...MandateParts } }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on Denied { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
    }
  }
`, [TextParts, MandateParts]);

export const AcceptMandate = graphql(`
  mutation AcceptMandate($code: String!) {
    acceptMandate(code: $code) {
      __typename
      ... on Mandate { id }
      ... on FieldsRefused { message { ...TextParts } }
      ... on Denied { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
    }
  }
`, [TextParts]);

export const DeclineMandate = graphql(`
  mutation DeclineMandate($code: String!) {
    declineMandate(code: $code) {
      __typename
      ... on Mandate { id }
      ... on FieldsRefused { message { ...TextParts } }
      ... on Denied { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
    }
  }
`, [TextParts]);

export const EndMandate = graphql(`
  mutation EndMandate($id: ID!) {
    endMandate(id: $id) {
      __typename
      ... on Mandate { id }
      ... on FieldsRefused { message { ...TextParts } }
      ... on Denied { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
    }
  }
`, [TextParts]);

export const AskConfirmation = graphql(`
  mutation AskConfirmation($kind: ID!, $ward: ID!, $wanted: String!) {
    askConfirmation(kind: $kind, ward: $ward, wanted: $wanted) {
      __typename
      ... on Mandate { id }
      ... on FieldsRefused { message { ...TextParts } fields { field message { ...TextParts } } }
      ... on Denied { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
    }
  }
`, [TextParts]);

export const SubmitOnBehalf = graphql(`
  mutation SubmitOnBehalf($onBehalf: ID!, $input: SubmitApplicationInput!) {
    submitOnBehalf(onBehalf: $onBehalf, input: $input) {
      __typename
      ... on SentOnBehalf { id receiptNumber }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on FormChanged { message { ...TextParts } }
      ... on StepClosed { message { ...TextParts } }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
    }
  }
`, [TextParts]);
