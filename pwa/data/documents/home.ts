import { graphql } from '../graphql.ts';
import { TextParts, FormParts, QuestionParts } from './parts.ts';

const StepParts = graphql(`
  fragment StepParts on Step {
    id procedure subject { id name } state due opens daysLeft law operator channel asOf gaps
    name { ...TextParts } officialName { ...TextParts } because { ...TextParts }
    late { ...TextParts } operatorName { ...TextParts } how { ...TextParts }
    known { source asOf sourceName { ...TextParts } label { ...TextParts } value { ...TextParts } }
    asks { ...QuestionParts }
    category after unlocks hasParts
    amount { yen toldBy law asOf text { ...TextParts } }
    form { ...FormParts }
    application { id state receiptNumber stateText { ...TextParts } history { note } }
  }
`, [TextParts, FormParts, QuestionParts]);

/** `$since`: the steps as this device last showed them, so that what changed can be told. */
const HomeParts = graphql(`
  fragment HomeParts on Home {
    answeredAt today
    children { key id name bornOn }
    answers { value counts question { ...QuestionParts } }
    nextQuestions { settles question { ...QuestionParts } }
    changes(since: $since) { step kind subject { id name } name { ...TextParts } text { ...TextParts } }
    sources {
      id operator state asOf silentSince name { ...TextParts } correction { ...TextParts } why { ...TextParts }
      shut { ...TextParts } outage { begins ends text { ...TextParts } }
    }
    bundles {
      id name { ...TextParts } summary { ...TextParts }
      start { ...QuestionParts }
      steps { ...StepParts }
      more { ...StepParts }
    }
  }
`, [TextParts, StepParts, QuestionParts]);

export const ShowHome = graphql(`
  query ShowHome($since: [StepMark!]! = []) { viewer { id home { ...HomeParts } } }
`, [HomeParts]);

export const RefreshHome = graphql(`
  subscription RefreshHome($since: [StepMark!]! = [], $anew: Boolean! = false) {
    refreshHome(anew: $anew) { settled remaining home { ...HomeParts } }
  }
`, [HomeParts]);

export const AnswerQuestion = graphql(`
  mutation AnswerQuestion($fact: ID!, $value: JSON!, $since: [StepMark!]! = []) {
    answerQuestion(fact: $fact, value: $value) {
      __typename
      ... on Home { ...HomeParts }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, HomeParts]);
