/**
 * Every document the app may send. The build replaces this module by the documents' hashes and writes
 * the texts to dist/documents.json, the only ones the server accepts.
 */
import { graphql } from './graphql.ts';

const TextParts = graphql(`
  fragment TextParts on Text { ja easy en }
`);

const FormParts = graphql(`
  fragment FormParts on Form {
    procedure version subject signature schema
    title { ...TextParts } intro { ...TextParts } submitTo { ...TextParts }
    sections {
      id title { ...TextParts }
      fields {
        id label { ...TextParts } help { ...TextParts } kind required maxLength minDate maxDate term
        choices { value label { ...TextParts } }
        showIf { field equals }
        refuse { equals code message { ...TextParts } }
        prefill { value source asOf writtenFor { ...TextParts } }
      }
    }
  }
`, [TextParts]);

const ApplicationParts = graphql(`
  fragment ApplicationParts on Application {
    id procedure subject receiptNumber digest corrected state completedAt acceptedAt wardNumber
    title { ...TextParts } stateText { ...TextParts } sentTo { ...TextParts }
    history { at state note text { ...TextParts } } passOns { id agreedAt text { ...TextParts } }
  }
`, [TextParts]);

const QuestionParts = graphql(`
  fragment QuestionParts on Question {
    fact kind minDate maxDate subject { id name }
    label { ...TextParts } help { ...TextParts } choices { value label { ...TextParts } }
  }
`, [TextParts]);

const StepParts = graphql(`
  fragment StepParts on Step {
    id procedure subject { id name } state due opens daysLeft law operator channel asOf gaps
    name { ...TextParts } officialName { ...TextParts } because { ...TextParts }
    late { ...TextParts } operatorName { ...TextParts } how { ...TextParts }
    known { source asOf sourceName { ...TextParts } label { ...TextParts } value { ...TextParts } }
    asks { ...QuestionParts }
    category after unlocks
    amount { yen toldBy law asOf text { ...TextParts } }
    form { ...FormParts }
    application { id state receiptNumber stateText { ...TextParts } history { note } }
  }
`, [TextParts, FormParts, QuestionParts]);

/** `$since`: the steps as this device last showed them, so that what changed can be told. */
const HomeParts = graphql(`
  fragment HomeParts on Home {
    answeredAt today
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

const NoticeParts = graphql(`
  fragment NoticeParts on Notice {
    id kind sentAt openedAt actBy about
    sender { ...TextParts } title { ...TextParts } body { ...TextParts }
  }
`, [TextParts]);

export const WhoIsHere = graphql(`
  query WhoIsHere {
    service { pushKey today version movesFrom movesTo wards { code name { ...TextParts } } }
    viewer { id name language unread ward { code name { ...TextParts } } }
  }
`, [TextParts]);

export const ShowHome = graphql(`
  query ShowHome($since: [StepMark!]! = []) { viewer { id home { ...HomeParts } } }
`, [HomeParts]);

export const RefreshHome = graphql(`
  subscription RefreshHome($since: [StepMark!]! = [], $anew: Boolean! = false) {
    refreshHome(anew: $anew) { settled remaining home { ...HomeParts } }
  }
`, [HomeParts]);

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

export const ShowReadings = graphql(`
  query ShowReadings($after: String) {
    viewer {
      id
      readings(first: 30, after: $after) {
        nodes {
          id at source incoming law sourceName { ...TextParts } operatorName { ...TextParts }
          purpose { ...TextParts } basis { ...TextParts } outcome { ...TextParts }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [TextParts]);

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

export const SubmitApplication = graphql(`
  mutation SubmitApplication($input: SubmitApplicationInput!) {
    submitApplication(input: $input) {
      __typename
      ... on Application { ...ApplicationParts }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on FormChanged { message { ...TextParts } form { ...FormParts } }
      ... on StepClosed { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, ApplicationParts, FormParts]);

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

export const ChooseLanguage = graphql(`
  mutation ChooseLanguage($language: Language!) {
    chooseLanguage(language: $language) {
      __typename
      ... on Viewer { id language }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

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

const DifferenceParts = graphql(`
  fragment DifferenceParts on Difference {
    toWard planned leaving { ...TextParts } to { ...TextParts }
    family { id name birthDate } people { id name birthDate }
    changes {
      id order kind phase at procedure subject { id name } opens lastDay law confidence
      name { ...TextParts } because { ...TextParts } onlyIf { ...TextParts } office { ...TextParts } late { ...TextParts } wardSays { ...TextParts }
    }
    papers { id at changes name { ...TextParts } }
    spared { name { ...TextParts } why { ...TextParts } }
    handover {
      contents minutes planned ward { code name { ...TextParts } } leavingName { ...TextParts }
      household { code name { ...TextParts } }
      people { name birthDate items { code name { ...TextParts } } }
    }
  }
`, [TextParts]);

export const ShowDifference = graphql(`
  query ShowDifference($toWard: ID!, $movesOn: Date, $people: [ID!]) {
    viewer { id difference(toWard: $toWard, movesOn: $movesOn, people: $people) { ...DifferenceParts } }
  }
`, [DifferenceParts]);

export const MakeHandover = graphql(`
  mutation MakeHandover($input: HandoverInput!) {
    makeHandover(input: $input) {
      __typename
      ... on Handover { token madeAt expiresAt path side ward { code name { ...TextParts } } }
      ... on FieldsRefused { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

const EntryParts = graphql(`
  fragment EntryParts on RecordEntry {
    lines { label { ...TextParts } values { kind text word { ...TextParts } unit { ...TextParts } } }
  }
`, [TextParts]);

const RecordParts = graphql(`
  fragment RecordParts on Record {
    id operator state isAskedWithHome asOf keptUntil stoppedAt silentSince agreedAt law confidence isPublic link
    name { ...TextParts } operatorName { ...TextParts } note { ...TextParts } why { ...TextParts }
    sends { ...TextParts } purpose { ...TextParts } basis { ...TextParts } onlyFor { ...TextParts }
    shut { ...TextParts } outage { begins ends text { ...TextParts } }
    content {
      ...EntryParts
      groups { label { ...TextParts } entries { ...EntryParts groups { label { ...TextParts } entries { ...EntryParts } } } }
    }
  }
`, [TextParts, EntryParts]);

export const ShowRecords = graphql(`
  query ShowRecords { viewer { id records { mostAtOnce records { ...RecordParts } } } }
`, [RecordParts]);

export const AskRecords = graphql(`
  mutation AskRecords($sources: [ID!]!) {
    askRecords(sources: $sources) {
      __typename
      ... on Records { mostAtOnce records { ...RecordParts } }
      ... on FieldsRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, RecordParts]);

export const StopAskingRecords = graphql(`
  mutation StopAskingRecords($source: ID!) {
    stopAskingRecords(source: $source) {
      __typename
      ... on Records { mostAtOnce records { ...RecordParts } }
      ... on FieldsRefused { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, RecordParts]);

export const HearRecords = graphql(`
  subscription HearRecords($sources: [ID!]!) { recordsRefreshed(sources: $sources) { remaining record { ...RecordParts } } }
`, [RecordParts]);
export const PassOn = graphql(`mutation PassOn($application: ID!, $flow: ID!, $agreed: Boolean!) { passOn(application: $application, flow: $flow, agreed: $agreed) { __typename ... on Application { ...ApplicationParts } ... on NotFound { message { ...TextParts } } ... on SignInNeeded { message { ...TextParts } } } }`, [ApplicationParts, TextParts]);
