import type { Answers, FieldError, Form } from '../data/shapes.ts';
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
};

let writing: Promise<unknown> = Promise.resolve();

/** Saves in the order of the calls; the newest wins. Resolves when it is on the device. */
export function saveDraft(draft: Draft): Promise<void> {
  const write = async () => {
    const shelves = await device();
    if (mayWrite()) await shelves.put('drafts', draft, draft.step);
    tell('drafts');
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
