import { changeLine } from './line.ts';
import { NoAnswer } from './no-answer.ts';
import { quietly } from './quietly.ts';

/**
 * A house that is full says from when on it may be asked again (429, Retry-After). What was put off comes back by itself:
 * never before that, after longer each time, and on every phone at another moment, or all would come back at once.
 */

const FIRST = 5_000;
const LONGEST = 5 * 60_000;

type PutOff = { tries: number; notBefore: number; timer: ReturnType<typeof setTimeout> | undefined };
const putOff = new Map<string, PutOff>();

/** Milliseconds until the next try: at least what was `asked` for and doubled each time; up to half of it more by `chance`. */
export const pauseOf = (tries: number, asked: number, chance: number): number =>
  Math.max(asked, Math.min(FIRST * 2 ** tries, LONGEST)) * (1 + chance / 2);

/** Does `work`, the one of its name; rejects as it does. While it is put off nothing is asked, whoever wishes it. */
export async function patiently<T>(name: string, work: () => Promise<T>, chance: () => number = Math.random): Promise<T> {
  const before = putOff.get(name);
  const left = (before?.notBefore ?? 0) - Date.now();
  if (left > 0) throw new NoAnswer('busy', left);
  try {
    const done = await work();
    settled(name);
    return done;
  } catch (cause) {
    if (isPutOff(cause)) later(name, pauseOf(before?.tries ?? 0, cause.retryAfter, chance()), (before?.tries ?? 0) + 1, () => patiently(name, work, chance));
    else settled(name);
    throw cause;
  }
}

/** The house was there and said when to come back. */
export const isPutOff = (cause: unknown): cause is NoAnswer & { retryAfter: number } =>
  cause instanceof NoAnswer && cause.silence === 'busy' && cause.retryAfter !== null;

/** A service worker does not live as long as a pause: its pages ask, or the next push does. */
const mayWait = !('ServiceWorkerGlobalScope' in globalThis);

function later(name: string, pause: number, tries: number, again: () => Promise<unknown>): void {
  clearTimeout(putOff.get(name)?.timer);
  const notBefore = Date.now() + Math.ceil(pause);
  // A timer counts whole milliseconds and may come one too early: then nothing would be asked, and nothing wait any more.
  const timer = mayWait ? setTimeout(() => quietly(due(name, again)), Math.ceil(pause)) : undefined;
  putOff.set(name, { tries, notBefore, timer });
  tell();
}

function due(name: string, again: () => Promise<unknown>): Promise<unknown> {
  const waited = putOff.get(name);
  if (waited) waited.notBefore = 0;
  return again();
}

function settled(name: string): void {
  clearTimeout(putOff.get(name)?.timer);
  if (putOff.delete(name)) tell();
}

/** The screens hear until when the last of it waits. */
function tell(): void {
  const until = Math.max(0, ...[...putOff.values()].map(({ notBefore }) => notBefore));
  changeLine({ crowdedUntil: until || null });
}
