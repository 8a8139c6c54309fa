import { NoAnswer } from '../data/no-answer.ts';
import { pauseOf } from '../data/patience.ts';

const TRIES = 4;
/** So that all of it is over before a browser ends a worker that a push keeps alive (Chromium: five minutes). */
const LONGEST = 60_000;

/** Asks again while the house is full or not heard: a worker has no timer that outlives it. Rejects as the last try did. */
export async function insist<T>(work: () => Promise<T>, chance: () => number = Math.random, tries = 0): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (tries === TRIES || !mayCome(cause)) throw cause;
    const pause = Math.min(LONGEST, pauseOf(tries, cause.retryAfter ?? 0, chance()));
    await new Promise((resolve) => setTimeout(resolve, pause));
    return insist(work, chance, tries + 1);
  }
}

const mayCome = (cause: unknown): cause is NoAnswer =>
  cause instanceof NoAnswer && (cause.silence === 'busy' || cause.silence === 'unreachable');
