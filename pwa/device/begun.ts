import { answersToKeep } from '../data/form.ts';
import type { Answers } from '../data/shapes.ts';
import type { Paper } from './papers.ts';
import { readOne, rewrite } from './shelves.ts';

/**
 * Words she has begun and sent to nobody, which are no form: a line to a school, what she says to a notice, a report of
 * absence. They lie sealed with what she keeps on this device alone, are locked away and erased with it, and go when
 * they are sent, or after a month.
 */

type Words = Record<string, unknown>;
type Begun = { at: string; words: Words };
type All = Record<string, Begun>;

const KEY = 'own-begun';
/** Not the snapshot's: of it nothing is dropped when a shape of the server's changes. */
const VERSION = -1;
const WAITS = 30 * 86_400_000;

let writing: Promise<unknown> = Promise.resolve();

const readAllBegun = async (): Promise<All> => stillWaiting((await readOne('snapshot', KEY))?.value);

const stillWaiting = (all: unknown, now = Date.now()): All =>
  Object.fromEntries(Object.entries((all ?? {}) as All).filter(([, { at }]) => now - Date.parse(at) < WAITS));

/** What she began at this place; null: nothing, or only before `since`, when something newer was said. */
export async function readBegun(place: string, since: string | null = null): Promise<Words | null> {
  await writing;
  const begun = (await readAllBegun())[place];
  return begun && (since === null || Date.parse(begun.at) > Date.parse(since)) ? begun.words : null;
}

/** In the order of the calls; words that hold an individual number stay on the screen alone. */
export const keepBegun = (place: string, words: Words, now = new Date()): Promise<void> =>
  change((all) => ({ ...all, [place]: { at: now.toISOString(), words: answersToKeep(words as Answers) } }));

export const forgetBegun = (place: string): Promise<void> =>
  change((all) => Object.fromEntries(Object.entries(all).filter(([one]) => one !== place)));

function change(make: (all: All) => All): Promise<void> {
  const write = () =>
    rewrite('snapshot', KEY, (held) => ({ version: VERSION, at: new Date().toISOString(), value: make(stillWaiting(held?.value)) }));
  const written = writing.then(write, write);
  writing = written.catch(() => undefined);
  return written.then(() => undefined);
}

/** Resolves when all words handed in so far are on the device. */
export const begunIsSafe = (): Promise<unknown> => writing;

/** How many places hold words of hers. */
export const countBegun = async (): Promise<number> => Object.keys(await readAllBegun()).length;

/** Photographs that go along with them. */
export const papersBegun = async (): Promise<Paper[]> =>
  Object.values(await readAllBegun()).flatMap(({ words }) => (words['papers'] as Paper[] | undefined) ?? []);
