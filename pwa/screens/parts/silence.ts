import { NoAnswer } from '../../data/ask.ts';
import type { Key } from '../../text/speak.ts';
import type { Speech } from '../device-state.tsx';

const MINUTE = 60_000;

/** Why nothing came, in one sentence: no line, when to try again where the server said so, or the screen's own words. */
export function silence({ say }: Pick<Speech, 'say'>, cause: NoAnswer, own: { offline: Key; failed: Key }): string {
  if (cause.silence === 'unreachable') return say(own.offline);
  return cause.retryAfter === null ? say(own.failed) : waitInWords(say, cause.retryAfter);
}

/** For a list that could not be read; without a line the screen says so by itself: nothing. */
export function unread(speech: Pick<Speech, 'say'>, cause: unknown, failed: Key): string {
  const isOffline = !(cause instanceof NoAnswer) || cause.silence === 'unreachable';
  return isOffline ? '' : silence(speech, cause, { offline: failed, failed });
}

/** `wait` in milliseconds, never told shorter than it is. */
export function waitInWords(say: Speech['say'], wait: number): string {
  const isShort = wait <= MINUTE;
  const n = Math.max(1, Math.ceil(wait / (isShort ? 1000 : MINUTE)));
  return say('busy', { wait: say(isShort ? 'busy.seconds' : 'busy.minutes', { n }) });
}
