import type { Draft } from '../device/drafts.ts';
import { isEmpty } from './form.ts';
import type { Json } from './graphql.ts';
import type { Answers } from './shapes.ts';

/** One form written by two hands, in two tabs or on two phones: nothing either wrote is lost, and she chooses. */

/** What stands elsewhere in a field, and when it was written. */
export type Conflict = { other: Json; at: string };
export type Conflicts = Record<string, Conflict>;

type Written = Pick<Draft, 'answers'> & Partial<Pick<Draft, 'written' | 'conflicts' | 'savedAt'>>;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * The draft as it lies on the device before `written` goes into it: where somebody else wrote into one of those fields
 * since `seen` was shown, what they wrote is kept beside. What is alike now is settled.
 */
export function withWritten<D extends Written>(stored: D, written: Answers, seen: Answers, now: string): D {
  const conflicts: Conflicts = { ...stored.conflicts };
  const times = { ...stored.written };
  for (const [field, value] of Object.entries(written)) {
    const theirs = stored.answers[field];
    const isOthers = !same(theirs, seen[field]) && !same(theirs, value) && !isEmpty(theirs);
    if (isOthers) conflicts[field] = { other: theirs ?? null, at: times[field] ?? stored.savedAt ?? now };
    if (same(conflicts[field]?.other, value)) delete conflicts[field];
    times[field] = now;
  }
  return { ...stored, conflicts, written: times };
}

/** The other side as a screen sees it that shows `mine`: either of the two windows may be the one that is asked. */
export const otherThan = (draft: Written, field: string, mine: Json | undefined): Json => {
  const other = draft.conflicts?.[field]?.other ?? null;
  return same(other, mine) ? (draft.answers[field] ?? null) : other;
};

/** She has chosen what is to stand there. */
export function settled<D extends Written>(draft: D, field: string, value: Json, now: string): D {
  const { [field]: _, ...left } = draft.conflicts ?? {};
  return { ...draft, answers: { ...draft.answers, [field]: value }, conflicts: left, written: { ...draft.written, [field]: now } };
}

/**
 * A draft that came from another phone, laid over the one that lies here (null: none): what only one of them answers
 * stands, and where both do otherwise, this phone's stands until she chooses.
 */
export function merged(mine: Draft | null, theirs: Draft): Draft {
  if (!mine) return theirs;
  const conflicts: Conflicts = { ...theirs.conflicts, ...mine.conflicts };
  for (const [field, value] of Object.entries(theirs.answers)) {
    const here = mine.answers[field];
    if (isEmpty(here) || isEmpty(value) || same(here, value)) continue;
    conflicts[field] = { other: value, at: theirs.written?.[field] ?? theirs.savedAt };
  }
  const filled = Object.fromEntries(Object.entries(mine.answers).filter(([, value]) => !isEmpty(value)));
  const lying = mine.papers ?? [];
  const papers = [...lying, ...(theirs.papers ?? []).filter((one) => !lying.some((own) => own.id === one.id))];
  return {
    ...mine, answers: { ...theirs.answers, ...filled }, conflicts, papers,
    written: { ...theirs.written, ...mine.written },
  };
}

/** Whether she must choose before it is sent. */
export const isOpen = (draft: Pick<Draft, 'conflicts'>, field?: string): boolean =>
  field === undefined ? Object.keys(draft.conflicts ?? {}).length > 0 : field in (draft.conflicts ?? {});
