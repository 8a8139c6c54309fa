/**
 * A phone's clock may be wrong by hours. What the house says of the time whenever it is asked who is here tells by how
 * much, and what she completes is written down with the right time, beside by how much her clock was wrong.
 */

/** Less than that is no fault: the house takes ten minutes. */
const TOLERATED = 5 * 60_000;
/** Before this house stood nothing was filled in here. */
const EARLIEST = Date.UTC(2020, 0, 1);

let ahead: number | null = null;

/** The house told `now` to a question asked at `before` and answered at `after` by this clock, all in milliseconds. */
export function heardTime(now: number, before: number, after: number): void {
  ahead = aheadOf(now, before, after);
}

/** By how much this clock is ahead, in milliseconds: 0 when it is right within what a question takes. */
export function aheadOf(now: number, before: number, after: number): number {
  const difference = (before + after) / 2 - now;
  return Math.abs(difference) > TOLERATED + (after - before) / 2 ? Math.round(difference) : 0;
}

/** Milliseconds; null: the house has not been heard since this page was opened. */
export const clockAhead = (): number | null => ahead;

/** `clockAhead`: seconds, as the house is told; null: the clock was right, or nobody knows. */
export type Moment = { at: Date; clockAhead: number | null };

/** Now, put right where it is known that this clock is wrong. */
export const rightNow = (clock = new Date()): Moment => putRight(clock, ahead ?? 0);

const putRight = (clock: Date, by: number): Moment =>
  ({ at: new Date(clock.valueOf() - by), clockAhead: by === 0 ? null : Math.round(by / 1000) });

/**
 * The moment at which something was completed that was written down as `clock` before anybody knew of its fault. `now`:
 * the right time. What would lie ahead of now or before our time, since the clock has been set meanwhile, is now.
 */
export function completedAt(clock: Date, by: number, now: Date): Moment {
  const moment = putRight(clock, by);
  const possible = moment.at.valueOf() >= EARLIEST && moment.at.valueOf() <= now.valueOf() + TOLERATED;
  return possible ? moment : putRight(clock, clock.valueOf() - now.valueOf());
}

/** The moment with the device's own offset from UTC, as 2026-11-23T18:05:00+09:00. */
export function localTime(when: Date): string {
  const offset = -when.getTimezoneOffset();
  const local = new Date(when.valueOf() + offset * 60_000).toISOString().slice(0, 19);
  const part = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${part(offset / 60)}:${part(offset % 60)}`;
}
