import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const AnswerParts = graphql(`
  fragment AnswerParts on SchoolAnswer { id state cameAt said { question answer } }
`);
const AbsenceParts = graphql(`
  fragment AbsenceParts on Absence {
    id version pupil kind state fromOn toOn isLate isMine time reason symptoms note pickUp reply sentAt settledAt
  }
`);
const PupilParts = graphql(`
  fragment PupilParts on Pupil {
    id child name school className cutOff schoolDay paper mayAnswer guardians
    helpers { id name }
    absences { ...AbsenceParts }
  }
`, [AbsenceParts]);
const LineParts = graphql(`
  fragment LineParts on SchoolLine { id bySchool byName text at files { id mediaType size keptUntil isOver } }
`);

export const ShowSchools = graphql(`
  query ShowSchools {
    viewer {
      id
      schools {
        pupils { ...PupilParts }
        notices {
          notice revision pupil kind until closed byOther oneIsEnough amountYen sentAt
          title { ...TextParts } body { ...TextParts }
          questions { id kind required when label { ...TextParts } choices { id label { ...TextParts } } }
          mine { ...AnswerParts } waiting { ...AnswerParts } refused { ...AnswerParts } before { ...TextParts }
          corrected { why at asksAnew until amountYen questions event { on begins ends place } }
          lines { ...LineParts }
          event { on begins ends place }
        }
      }
    }
  }
`, [TextParts, PupilParts, AnswerParts, LineParts]);

export const AnswerNotice = graphql(`
  mutation AnswerNotice($input: AnswerNoticeInput!) {
    answerNotice(input: $input) {
      __typename
      ... on SchoolAnswer { ...AnswerParts }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, AnswerParts]);

export const ReportAbsence = graphql(`
  mutation ReportAbsence($input: AbsenceInput!) {
    reportAbsence(input: $input) {
      __typename
      ... on Absence { ...AbsenceParts }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, AbsenceParts]);

export const WriteToSchool = graphql(`
  mutation WriteToSchool($input: LineInput!) {
    writeToSchool(input: $input) {
      __typename
      ... on SchoolLine { ...LineParts }
      ... on FieldsRefused { message { ...TextParts } fields { field code message { ...TextParts } } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, LineParts]);

export const JoinPupil = graphql(`
  mutation JoinPupil($code: String!) {
    joinPupil(code: $code) {
      __typename
      ... on Pupil { ...PupilParts }
      ... on Denied { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } retryAfter }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, PupilParts]);

export const AllowPupilHelper = graphql(`
  mutation AllowPupilHelper($pupil: ID!) {
    allowPupilHelper(pupil: $pupil) {
      __typename
      ... on PupilCode { code pupil }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const LeavePupil = graphql(`
  mutation LeavePupil($pupil: ID!, $helper: ID) {
    leavePupil(pupil: $pupil, helper: $helper) {
      __typename
      ... on PupilGone { pupil }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts]);

export const ChoosePaper = graphql(`
  mutation ChoosePaper($pupil: ID!, $paper: Boolean!) {
    choosePaper(pupil: $pupil, paper: $paper) {
      __typename
      ... on Pupil { ...PupilParts }
      ... on Denied { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } retryAfter }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, PupilParts]);
