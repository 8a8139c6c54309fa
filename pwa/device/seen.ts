import { device } from './database.ts';
import { readOne, rewrite } from './shelves.ts';

/** A step as a screen last showed it, in the shape the server compares with. */
export type Mark = { step: string; state: string; due: string | null };
type Stepped = { bundles: { steps: { id: string; state: string; due: string | null }[] }[] };
/** It names her procedures: sealed with the rest. */
const KEY = 'own-seen';
/** Where it lay open until it was sealed. */
const FORMER = 'seen';
const VERSION = -1;

/** What she has looked through already; null: nothing was ever shown on this device. */
export async function readSeen(): Promise<Mark[] | null> {
  const db = await device();
  const former: unknown = await db.get('device', FORMER);
  if (Array.isArray(former)) {
    await keepSeen(former as Mark[]);
    await db.delete('device', FORMER);
  }
  const kept = (await readOne('snapshot', KEY))?.value;
  return Array.isArray(kept) ? (kept as Mark[]) : null;
}

export const keepSeen = async (marks: readonly Mark[]): Promise<void> => {
  await rewrite('snapshot', KEY, () => ({ version: VERSION, at: new Date().toISOString(), value: marks }));
};

export const marksOf = (home: Stepped): Mark[] =>
  home.bundles.flatMap(({ steps }) => steps.map(({ id, state, due }) => ({ step: id, state, due })));

/**
 * What counts as seen after she answered a question: all that her own answer brought, but not the news that stood
 * unread before it.
 */
export function seenAfterAnswer(before: readonly Mark[], unread: readonly { step: string }[], now: Stepped): Mark[] {
  const isUnread = (mark: Mark) => unread.some((change) => change.step === mark.step);
  return [...marksOf(now).filter((mark) => !isUnread(mark)), ...before.filter(isUnread)];
}
