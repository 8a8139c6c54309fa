import type { ResultOf } from 'gql.tada';
import type * as documents from './documents.ts';
import type { Json } from './graphql.ts';
import type { Written } from '../text/languages.ts';

/** The names the app gives to parts of the server's answers; the types follow the schema. */
export type { Language } from '../text/languages.ts';
/** Whole in three languages; in another one where the request asked for it and the text is there. */
export type Text = Record<Written, string> & { [K in Other]?: string | null };
type Other = 'easyRead' | 'zhHans' | 'zhHant' | 'ko' | 'vi' | 'ne' | 'tl' | 'pt';

export type Who = ResultOf<typeof documents.WhoIsHere>;
/** What we hold of her, from where and since when. */
export type Account = NonNullable<ResultOf<typeof documents.ShowAccount>['viewer']>['account'];
/** Which of two accounts stays, and which becomes part of it. */
export type MergeOffer = Pick<
  Extract<ResultOf<typeof documents.OfferMerge>['offerMerge'], { __typename: 'MergeOffer' }>, 'stays' | 'goes'
>;
export type Service = Who['service'];
export type Viewer = NonNullable<Who['viewer']>;
export type Home = NonNullable<ResultOf<typeof documents.ShowHome>['viewer']>['home'];
export type Source = Home['sources'][number];
export type Bundle = Home['bundles'][number];
export type Step = Bundle['steps'][number];
export type Question = Step['asks'][number];
export type Change = Home['changes'][number];
export type OwnAnswer = Home['answers'][number];
export type Form = NonNullable<Step['form']>;
export type Section = Form['sections'][number];
export type Field = Section['fields'][number];
export type Application = NonNullable<
  NonNullable<ResultOf<typeof documents.ShowApplication>['viewer']>['application']
>;
/** `earlier`: what former revisions said; absent while only the list has told of it. */
export type Notice = NonNullable<ResultOf<typeof documents.ShowInbox>['viewer']>['inbox']['nodes'][number] & {
  earlier?: NonNullable<NonNullable<ResultOf<typeof documents.ShowNotice>['viewer']>['notice']>['earlier'];
};
export type Attachment = Notice['attachments'][number];
export type MailWishes = NonNullable<ResultOf<typeof documents.ShowMailWishes>['viewer']>['mailWishes'];
export type Reading = NonNullable<
  ResultOf<typeof documents.ShowReadings>['viewer']
>['readings']['nodes'][number];
export type ToldOfLooks = NonNullable<ResultOf<typeof documents.ShowReadings>['viewer']>['toldOfLooks'];
/** The newest entries; `more`: where older ones begin, null: there are none. */
export type Readings = { nodes: Reading[]; more: string | null; toldOfLooks: ToldOfLooks };

export type Records = NonNullable<ResultOf<typeof documents.ShowRecords>['viewer']>['records'];
/** One service and what it holds about her. */
export type BodyRecord = Records['records'][number];
export type RecordEntry = Pick<BodyRecord['content'], 'lines'> & { groups?: RecordGroup[] };
export type RecordGroup = { label: Text | null; entries: RecordEntry[] };
export type RecordValue = BodyRecord['content']['lines'][number]['values'][number];

export type Consents = NonNullable<ResultOf<typeof documents.ShowConsents>['viewer']>['consents'];
/** An ID she may link, and how it stands. */
export type LinkOffer = NonNullable<ResultOf<typeof documents.ShowLinks>['viewer']>['links']['offers'][number];

/** Feeds of her dates. */
export type Reach = NonNullable<ResultOf<typeof documents.ShowReach>['viewer']>['reach'];
export type Partners = NonNullable<ResultOf<typeof documents.ShowPartners>['viewer']>;
export type Calendars = NonNullable<ResultOf<typeof documents.ShowCalendars>['viewer']>['calendars'];
/** Her children at schools and nurseries, and what those ask. */
export type Schools = NonNullable<ResultOf<typeof documents.ShowSchools>['viewer']>['schools'];
export type Pupil = Schools['pupils'][number];
export type Absence = Pupil['absences'][number];
export type SchoolNotice = Schools['notices'][number];
export type SchoolQuestion = SchoolNotice['questions'][number];
/** A fee or a slip. */
export type Bill = NonNullable<ResultOf<typeof documents.ShowPayments>['viewer']>['payments'][number];

/** One source and purpose, and her yes to it. */
export type Consent = Consents['consents'][number];

export type Devices = NonNullable<ResultOf<typeof documents.ShowDevices>['viewer']>['devices'];
export type Session = Devices['sessions'][number];
export type Passkey = Devices['passkeys'][number];

export type Difference = NonNullable<NonNullable<ResultOf<typeof documents.ShowDifference>['viewer']>['difference']>;
export type MoveChange = Difference['changes'][number];
export type MovePaper = Difference['papers'][number];
export type SheetContents = NonNullable<Difference['handover']>;
/** The signed sheet for a counter, drawn from `path` also without a network; `contents` names what it says. */
export type CounterSheet =
  Extract<ResultOf<typeof documents.MakeHandover>['makeHandover'], { __typename: 'Handover' }> & { contents: string };

export type Family = NonNullable<ResultOf<typeof documents.ShowFamily>['viewer']>['family'];
export type SeenByGuardians = NonNullable<NonNullable<ResultOf<typeof documents.ShowFamily>['viewer']>['seenByGuardians']>;
export type Mandate = Family['actsFor'][number];
export type MandateKind = Family['kinds'][number];
/** A decision or certificate her ward has issued. */
export type Issued = NonNullable<ResultOf<typeof documents.ShowDocuments>['viewer']>['documents'][number];
/** What she asked somebody else to write. */
export type Part = NonNullable<ResultOf<typeof documents.ShowParts>['viewer']>['parts'][number];
export type AskablePart = NonNullable<ResultOf<typeof documents.ShowAskable>['viewer']>['askableParts'][number];
/** One paper by one link, as whoever holds it sees it. */
export type Task = Extract<ResultOf<typeof documents.ShowTask>['task'], { __typename: 'Task' }>;
export type TaskField = Task['fields'][number];
export type Represented = Extract<
  NonNullable<ResultOf<typeof documents.ShowRepresented>['viewer']>['represented'], { __typename: 'Represented' }>;

export type Booking = NonNullable<ResultOf<typeof documents.ShowBookings>['viewer']>['bookings'][number];
export type BookingOffer = NonNullable<NonNullable<ResultOf<typeof documents.ShowBookingOffer>['viewer']>['bookingOffer']>;
export type BookingSlot = BookingOffer['slots'][number];

/** Field id → value, as the schema's JSON. */
export type Answers = Record<string, Json>;
/** Why a field was refused; `message` is null when the device itself found it (it has its own words). */
export type FieldError = { field: string; code: string; message: Text | null };
