import { withAnswers, type Changed } from '../data/form.ts';
import { withWritten, type Conflicts } from '../data/merging.ts';
import type { Answers, FieldError, Form, Text } from '../data/shapes.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import type { Paper } from './papers.ts';
import { rewrite } from './shelves.ts';
import { stayQuietly } from './staying.ts';

export { readDrafts } from './drafts-held.ts';

/** An application being written. The form is kept beside the answers, so that it opens without a network. */
export type Draft = {
  step: string;
  form: Form;
  answers: Answers;
  savedAt: string;
  /** What the ward refused when it was last sent; empty: nothing was. */
  refused: FieldError[];
  /** What is new, gone or otherwise in the form since she wrote; null: it has not changed. */
  changed: Changed | null;
  /** When each answer was written; absent in a draft of before, and for what was filled in. */
  written?: Record<string, string>;
  /** What was written elsewhere into a field that she wrote in here too, until she chooses. */
  conflicts?: Conflicts;
  /** Photographs of papers to be sent with it. */
  papers?: Paper[];
  /** What was said of it as a whole when it was refused; absent: nothing. */
  refusal?: Text;
  /** What it was sent together with when it came back; absent: alone. */
  folder?: string;
  /** Absent: she has not left to sign it. */
  signing?: Signing;
};

/** What is sent, made once: the signature is over these bytes. */
export type Filing = {
  id: string;
  answers: Answers;
  completedAt: string;
  digest: string | null;
  corrected: string[];
  papers?: Paper[];
  clockAhead?: number | null;
};
/** What she has left to sign; `signature`: the id under which the server knows it. */
export type Signing = Filing & { signature: string };

let writing: Promise<unknown> = Promise.resolve();

/** Saves in the order of the calls; the newest wins. Resolves when it is on the device. */
export async function saveDraft(draft: Draft): Promise<void> {
  await inTurn(draft.step, () => draft);
}

/**
 * Puts some answers into the draft as it lies on the device, where another tab may have written others meanwhile;
 * `screen` is the whole draft as this screen has it, for when none lies there, `seen` what it showed in those fields
 * before: where another hand wrote something else since, both stay. Resolves to what is then on the device.
 */
export const writeAnswers = (screen: Draft, written: Answers, seen: Answers = written): Promise<Draft> =>
  inTurn(screen.step, (stored) => {
    const now = new Date().toISOString();
    return { ...withAnswers(withWritten(stored ?? screen, written, seen, now), written), savedAt: now };
  });

/** Changes the draft as it lies on the device; `screen` is the draft as this screen has it, for when none lies there. */
export const changeDraft = (screen: Draft, change: (stored: Draft) => Draft): Promise<Draft> =>
  inTurn(screen.step, (stored) => ({ ...change(stored ?? screen), savedAt: new Date().toISOString() }));

function inTurn(step: string, change: (stored: Draft | undefined) => Draft): Promise<Draft> {
  const write = async () => {
    let next: Draft | null = null;
    await rewrite('drafts', step, (stored) => (next = change(stored)));
    tell('drafts');
    void stayQuietly();
    return next as unknown as Draft;
  };
  const written = writing.then(write, write);
  writing = written.catch(() => undefined);
  return written;
}

export async function deleteDraft(step: string): Promise<void> {
  await writing;
  await (await device()).delete('drafts', step);
  tell('drafts');
}

/** Resolves when every draft handed in so far is on the device. */
export const draftsAreSafe = (): Promise<unknown> => writing;
