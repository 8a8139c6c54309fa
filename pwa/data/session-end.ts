import type { Viewer } from './shapes.ts';
import type { Kept } from '../device/snapshot.ts';

/** How long before a session ends she is told, in milliseconds. */
export const WARNED_BEFORE = 10 * 60_000;

/** `mayStay`: one touch keeps her in; else she logs in again, and nothing written is lost. */
export type SessionEnd = { at: number; mayStay: boolean };

/** When the session ends if nothing happens: some time after the house last heard of her, at the latest on its own day.
 * null: the copy is of a time before this was told. */
export function sessionEnd({ at, value }: Kept<Viewer>): SessionEnd | null {
  const { sessionEndsAt, sessionRestsAfter } = value as Partial<Viewer>;
  if (!sessionEndsAt || !sessionRestsAfter) return null;
  const [last, rests] = [Date.parse(sessionEndsAt), Date.parse(at) + sessionRestsAfter * 60_000];
  return rests < last ? { at: rests, mayStay: true } : { at: last, mayStay: false };
}

/** Milliseconds until she is to be warned; 0: now; null: it is over, and the banner of the login says so. */
export function untilWarned(end: SessionEnd, now = Date.now()): number | null {
  return now >= end.at ? null : Math.max(0, end.at - WARNED_BEFORE - now);
}
