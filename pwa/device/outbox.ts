import type { Folder } from '../data/folders.ts';
import type { Answers, Application, FieldError, Form, Language, Text } from '../data/shapes.ts';
import type { Json } from '../data/graphql.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { mayWrite } from './leaving.ts';
import type { Paper } from './papers.ts';
import { readAll, rewrite } from './shelves.ts';

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

/** Puts a wish on the device; it is safe when the promise resolves. A newer wish about the same thing replaces a waiting one. */
export async function post(wish: Wish, now = new Date(), id: string = crypto.randomUUID()): Promise<string> {
  const item: OutboxItem = {
    id, madeAt: now.toISOString(), wish, outcome: { state: 'waiting' },
    tries: 0, notBefore: 0, needsSignIn: false,
  };
  if (!mayWrite()) return item.id;
  const replaced = (await readOutbox()).filter((old) => old.outcome.state !== 'sending' && about(old.wish) === about(wish));
  await rewrite('outbox', item.id, () => item);
  for (const old of replaced) if (old.id !== item.id) await dropWaiting(old.id);
  tell('outbox');
  return item.id;
}

/** Another tab may have begun to send it meanwhile: then it stays. */
async function dropWaiting(id: string): Promise<void> {
  const old = (await readOutbox()).find((one) => one.id === id);
  if (old && old.outcome.state !== 'sending') await (await device()).delete('outbox', id);
}

/** What a wish is about. An application already sent stands for itself and is never replaced. */
function about(wish: Wish): string {
  if (wish.kind === 'answer') return `answer ${wish.fact}`;
  if (wish.kind === 'open') return `open ${wish.notice}`;
  if (wish.kind === 'slip') return `slip ${wish.content}`;
  if (wish.kind === 'folder') return `folder ${wish.folder.id}`;
  return wish.kind === 'language' ? 'language' : `submit ${wish.step} ${wish.completedAt}`;
}

export async function readOutbox(): Promise<OutboxItem[]> {
  const items = await readAll('outbox');
  return items.sort((one, other) => one.madeAt.localeCompare(other.madeAt));
}

export async function changeItem(id: string, change: Partial<OutboxItem>): Promise<void> {
  await rewrite('outbox', id, (item) => item && { ...item, ...change });
  tell('outbox');
}

export async function dropItem(id: string): Promise<void> {
  await (await device()).delete('outbox', id);
  tell('outbox');
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

const COUNTED: readonly Wish['kind'][] = ['submit', 'answer', 'slip'];
/** Unsent, and of a kind she would miss. */
export const isCounted = (item: OutboxItem): boolean => isUnsent(item) && COUNTED.includes(item.wish.kind);
