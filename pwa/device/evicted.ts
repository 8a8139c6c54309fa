import { device } from './database.ts';

/**
 * A browser may empty a site's store when the phone is full, or when nobody has opened it for long. How much lay here is
 * noted where it is mostly spared, in numbers alone, so that she is told instead of finding nothing.
 */

export type Held = { drafts: number; unsent: number };
/** `held` null: it is not known what lay here. */
export type Eviction = { at: string; held: Held | null };

const MARK = 'held-here';
const SHELF = 'evicted';
const OWNER = 'owner';
const COMING = 'coming-in';

/** Somebody is on the way in: a store without an owner is new then, and not emptied. Holds until the store is hers. */
export const someoneIsComing = (): void => globalThis.localStorage?.setItem(COMING, 'yes');
export const someoneHasCome = (): void => globalThis.localStorage?.removeItem(COMING);
export const isSomeoneComing = (): boolean => globalThis.localStorage?.getItem(COMING) != null;

export function noteHeld(held: Held): void {
  const mark = JSON.stringify(held);
  if (globalThis.localStorage?.getItem(MARK) !== mark) globalThis.localStorage?.setItem(MARK, mark);
}

/** Nothing of anybody lies here, as far as can be told at once: the door will be wanted. */
export const isNobodyKnown = (): boolean => globalThis.localStorage?.getItem(MARK) == null;

export const forgetHeld = (): void => globalThis.localStorage?.removeItem(MARK);

export async function noteEviction(held: Held | null, now = new Date()): Promise<void> {
  forgetHeld();
  await (await device()).put('device', { at: now.toISOString(), held } satisfies Eviction, SHELF);
}

/** At the start: numbers were noted, and the store has no owner any more. */
export async function lookForEviction(): Promise<void> {
  const mark = globalThis.localStorage?.getItem(MARK);
  if (mark != null && (await (await device()).get('device', OWNER)) === undefined) await noteEviction(JSON.parse(mark) as Held);
}

export const readEviction = async (): Promise<Eviction | null> => ((await (await device()).get('device', SHELF)) as Eviction) ?? null;

export const dismissEviction = async (): Promise<void> => (await device()).delete('device', SHELF);
