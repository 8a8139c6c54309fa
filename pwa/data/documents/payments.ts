import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const BillParts = graphql(`
  fragment BillParts on Bill {
    id number isSlip payee content amountYen dueOn expiresOn state application madeAt paidAt paidBy receiptNumber byCard
    fee { ...TextParts } ward { name { ...TextParts } }
    numbers { institution payment confirmation kind } square { path side }
    tries { state amountYen startedAt endsAt settledAt } refunds { state amountYen at doneAt }
  }
`, [TextParts]);

export const ShowPayments = graphql(`
  query ShowPayments { viewer { id payments { ...BillParts } } }
`, [BillParts]);

export const PayByCard = graphql(`
  mutation PayByCard($bill: ID!) {
    payByCard(bill: $bill) {
      __typename
      ... on CardPage { url }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const AddSlip = graphql(`
  mutation AddSlip($input: SlipInput!) {
    addSlip(input: $input) {
      __typename
      ... on Bill { id }
      ... on FieldsRefused { message { ...TextParts } fields { field } }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const ScanSlip = graphql(`
  mutation ScanSlip($input: ScanInput!) {
    scanSlip(input: $input) {
      __typename
      ... on Bill { id }
      ... on FieldsRefused { message { ...TextParts } }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const ForgetSlip = graphql(`
  mutation ForgetSlip($bill: ID!) {
    forgetSlip(bill: $bill) {
      __typename
      ... on Bill { id }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);
