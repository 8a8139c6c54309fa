import { withAnswers } from '../data/form.ts';
import type { Answers, FieldError, Form, Text } from '../data/shapes.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { mayWrite } from './leaving.ts';

/** An application being written. The form is kept beside the answers, so that it opens without a network. */
export type Draft = {
  step: string;
  form: Form;
  answers: Answers;
  savedAt: string;
  /** What the ward refused when it was last sent; empty: nothing was. */
  refused: FieldError[];
  /** Labels' fields that are new or gone since she wrote; null: the form has not changed. */
  changed: { added: string[]; removed: string[] } | null;
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
 * `screen` is the whole draft as this screen has it, for when none lies there. Resolves to what is then on the device.
 */
export const writeAnswers = (screen: Draft, written: Answers): Promise<Draft> =>
  inTurn(screen.step, (stored) => ({ ...withAnswers(stored ?? screen, written), savedAt: new Date().toISOString() }));

function inTurn(step: string, change: (stored: Draft | undefined) => Draft): Promise<Draft> {
  const write = async () => {
    const shelf = (await device()).transaction('drafts', 'readwrite');
    const next = change(await shelf.store.get(step));
    if (mayWrite()) await shelf.store.put(next, step);
    await shelf.done;
    tell('drafts');
    return next;
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

export const readDrafts = async (): Promise<Draft[]> => (await device()).getAll('drafts');
/** Resolves when every draft handed in so far is on the device. */
export const draftsAreSafe = (): Promise<unknown> => writing;
