/** Fragments that several documents are made of. */
import { graphql } from '../graphql.ts';

export const TextParts = graphql(`
  fragment TextParts on Text { ja easy en }
`);

export const FormParts = graphql(`
  fragment FormParts on Form {
    procedure version subject signature signing schema heldBack
    title { ...TextParts } intro { ...TextParts } submitTo { ...TextParts }
    papers { id name { ...TextParts } needed { ...TextParts } omitted { ...TextParts } }
    sections {
      id title { ...TextParts }
      fields {
        id label { ...TextParts } help { ...TextParts } kind required maxLength minDate maxDate term
        choices { value label { ...TextParts } }
        showIf { field equals }
        refuse { equals code message { ...TextParts } }
        prefill { value source asOf writtenFor { ...TextParts } }
        masked
      }
    }
  }
`, [TextParts]);

export const ApplicationParts = graphql(`
  fragment ApplicationParts on Application {
    id procedure subject receiptNumber digest corrected state completedAt acceptedAt receivedOn wardNumber clockAhead
    filed { at text { ...TextParts } } attachments { paper file mediaType size name { ...TextParts } }
    title { ...TextParts } stateText { ...TextParts } sentTo { ...TextParts }
    actedBy { name kind { ...TextParts } }
    history { at state note text { ...TextParts } } signature { algorithm checkedAt } receipt { sealedAt stampedAt } passOns { id agreedAt text { ...TextParts } }
    corrects correctedBy before { at state note text { ...TextParts } }
    standing {
      turn text { ...TextParts } by isLate settledOn
      returned { field label { ...TextParts } why { ...TextParts } }
      appeal { until latest perhaps suitUntil law to { ...TextParts } how { ...TextParts } }
    }
  }
`, [TextParts]);

export const QuestionParts = graphql(`
  fragment QuestionParts on Question {
    fact kind minDate maxDate subject { id name }
    label { ...TextParts } help { ...TextParts } choices { value label { ...TextParts } }
  }
`, [TextParts]);
