import type { Folder } from '../data/folders.ts';
import type { Answers, Application, FieldError, Form, Language, Text } from '../data/shapes.ts';
import type { Json } from '../data/graphql.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { mayWrite } from './leaving.ts';

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
};
/** Something she wants done; it waits here until the server has it. */
export type Wish =
  | Submission
  | { kind: 'folder'; folder: Folder }
  | { kind: 'answer'; step: string; fact: string; label: Text; value: Json }
  | { kind: 'open'; notice: string }
  | { kind: 'language'; language: Language };

export type Outcome =
  | { state: 'waiting' | 'sending' }
  | { state: 'accepted'; application: Application | null; at: string }
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
  const shelves = await device();
  if (!mayWrite()) return item.id;
  const write = shelves.transaction('outbox', 'readwrite');
  for (const old of await write.store.getAll()) {
    if (old.outcome.state !== 'sending' && about(old.wish) === about(wish)) await write.store.delete(old.id);
  }
  await write.store.put(item, item.id);
  await write.done;
  tell('outbox');
  return item.id;
}

/** What a wish is about. An application already sent stands for itself and is never replaced. */
function about(wish: Wish): string {
  if (wish.kind === 'answer') return `answer ${wish.fact}`;
  if (wish.kind === 'open') return `open ${wish.notice}`;
  if (wish.kind === 'folder') return `folder ${wish.folder.id}`;
  return wish.kind === 'language' ? 'language' : `submit ${wish.step} ${wish.completedAt}`;
}

export async function readOutbox(): Promise<OutboxItem[]> {
  const items = await (await device()).getAll('outbox');
  return items.sort((one, other) => one.madeAt.localeCompare(other.madeAt));
}

export async function changeItem(id: string, change: Partial<OutboxItem>): Promise<void> {
  const write = (await device()).transaction('outbox', 'readwrite');
  const item = await write.store.get(id);
  if (item) await write.store.put({ ...item, ...change }, id);
  await write.done;
  tell('outbox');
}

export async function dropItem(id: string): Promise<void> {
  await (await device()).delete('outbox', id);
  tell('outbox');
}

export const isUnsent = (item: OutboxItem): boolean =>
  item.outcome.state === 'waiting' || item.outcome.state === 'sending';

const COUNTED: readonly Wish['kind'][] = ['submit', 'answer'];
/** Unsent, and of a kind she would miss. */
export const isCounted = (item: OutboxItem): boolean => isUnsent(item) && COUNTED.includes(item.wish.kind);
