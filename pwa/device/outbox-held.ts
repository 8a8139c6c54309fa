import type { Folder } from '../data/folders.ts';
import type { Json } from '../data/graphql.ts';
import type { SortAct } from '../data/mail/sorting.ts';
import type { Absence, Answers, Application, FieldError, Form, Language, MailWishes, Text } from '../data/shapes.ts';
import type { Paper } from './papers.ts';
import { readAll } from './shelves.ts';

export type Submission = {
  kind: 'submit';
  step: string;
  title: Text;
  form: Form;
  answers: Answers;
  completedAt: string;
  /** Of the bytes she saw; absent or null: this device could not make one. */
  digest?: string | null;
  /** Of her signature; absent: not signed here. */
  signature?: string;
  /** Fields that a record filled in wrongly. */
  corrected?: string[];
  /** What it is sent together with; absent: alone. */
  folder?: string;
  /** Photographs of papers that go with it. */
  papers?: Paper[];
  /** Seconds by which this clock was known to be ahead, and `completedAt` was put right; absent: nobody knew yet. */
  clockAhead?: number | null;
};
/** Something she wants done; it waits here until the server has it. */
export type Wish =
  | Submission
  | { kind: 'folder'; folder: Folder }
  | { kind: 'answer'; step: string; fact: string; label: Text; value: Json }
  | { kind: 'open'; notice: string }
  /** Many notices at once. */
  | { kind: 'sort'; act: SortAct; notices: string[] }
  | { kind: 'mailWishes'; wishes: MailWishes }
  /** Her answer to a school's notice, for one child; the item's id is the answer's. */
  | { kind: 'noticeAnswer'; notice: string; pupil: string; answers: Record<string, string>; answeredAt: string; revision?: number }
  /** A report of absence; `report` and `version`: which one, and which correction of it. `withdrawn`: it is taken back. */
  | {
    kind: 'absence'; report: string; version: number; pupil: string; what: Absence['kind']; fromOn: string; toOn: string;
    time: string; reason: string; symptoms: readonly string[]; note: string; pickUp: string; sentAt: string;
    withdrawn?: boolean;
  }
  /** A word to the school on one notice; the item's id is the line's. */
  | { kind: 'line'; notice: string; pupil: string; text: string; papers?: Paper[] }
  /** What was on the eL-QR of a paper slip; its id becomes the slip's. */
  | { kind: 'slip'; content: string }
  | { kind: 'language'; language: Language };

export type Outcome =
  | { state: 'waiting' | 'sending' }
  /** `bill`: the slip as the house has it, which may be one she had before. */
  | { state: 'accepted'; application: Application | null; at: string; bill?: string }
  | { state: 'refused'; message: Text; fields: FieldError[] };

export type OutboxItem = {
  /** Made here; the server accepts the same id once. */
  id: string;
  madeAt: string;
  wish: Wish;
  outcome: Outcome;
  tries: number;
  /** Milliseconds since 1970; not tried again before. */
  notBefore: number;
  /** true: it waits for her to sign in again */
  needsSignIn: boolean;
  /** It waits until she has proved once more who she is; absent or null: it does not. */
  needsProof?: { cardOnly: boolean } | null;
};

export async function readOutbox(): Promise<OutboxItem[]> {
  const items = await readAll('outbox');
  return items.sort((one, other) => one.madeAt.localeCompare(other.madeAt));
}

export const isUnsent = (item: OutboxItem): boolean =>
  item.outcome.state === 'waiting' || item.outcome.state === 'sending';

/** What a person must know of it: does it go by itself, and if not, what is hers to do. */
export type Standing = 'waiting' | 'retry' | 'sending' | 'signIn' | 'proof' | 'refused' | 'sent';

export function standingOf({ outcome, needsSignIn, needsProof, tries }: OutboxItem): Standing {
  if (outcome.state === 'accepted') return 'sent';
  if (outcome.state === 'refused' || outcome.state === 'sending') return outcome.state;
  if (needsSignIn) return 'signIn';
  if (needsProof) return 'proof';
  return tries > 0 ? 'retry' : 'waiting';
}

const LONGEST_WAIT = 60 * 60_000;
/** Its pause is over; a pause that ends far from now was reckoned by a clock that has been set back since. */
export const isDue = ({ notBefore }: Pick<OutboxItem, 'notBefore'>, now = Date.now()): boolean =>
  notBefore <= now || notBefore - now > LONGEST_WAIT;

const COUNTED: readonly Wish['kind'][] = ['submit', 'answer', 'slip', 'noticeAnswer', 'absence', 'line'];
/** Unsent, and of a kind she would miss. */
export const isCounted = (item: OutboxItem): boolean => isUnsent(item) && COUNTED.includes(item.wish.kind);
