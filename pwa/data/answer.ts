import { isSentBack } from './came-back.ts';
import { lastDayOf, isToDo, isUnread } from './mail/letter.ts';
import type { AskedPart } from './asked-of-others.ts';
import type { Application, Bill, Notice, Schools, Step } from './shapes.ts';
import { standingOf } from './turns.ts';
import { dayAt, daysBetween } from '../text/dates.ts';

/** What home answers with, of all that lies on the device: what is hers to do, what waits for others, what is new. */

export type Thing = { day: string | null; weight: number } & (
  { kind: 'step'; step: Step } | { kind: 'letter'; notice: Notice } | { kind: 'bills'; bills: Bill[] }
);

const SOON = 14;
/** On one and the same day the heavier stands first. */
const WEIGHT = { emergency: 6, sentBack: 5, costly: 4, bill: 3, step: 2, letter: 1 } as const;

/** By the last day, and on one day by weight. What has no last day and came back or is an emergency counts as of today. */
export function inOrderOfDay(steps: readonly Step[], notices: readonly Notice[], bills: readonly Bill[], now = new Date()): Thing[] {
  const today = dayAt(now);
  const due = bills.filter(({ state }) => state === 'DUE');
  const things: Thing[] = [
    ...steps.map((step): Thing => ({ kind: 'step', step, day: step.due, weight: weightOf(step) })),
    ...notices.filter((one) => asksNow(one, now)).map((notice): Thing =>
      ({ kind: 'letter', notice, day: lastDayOf(notice), weight: notice.kind === 'EMERGENCY' ? WEIGHT.emergency : WEIGHT.letter })),
    ...(due.length > 0 ? [{ kind: 'bills', bills: due, day: firstDay(due.map(({ dueOn }) => dueOn)), weight: WEIGHT.bill } as const] : []),
  ];
  const presses = ({ day, weight }: Thing) => (weight >= WEIGHT.sentBack && (day === null || day > today) ? today : day ?? '9');
  return things.sort((one, other) => presses(one).localeCompare(presses(other)) || other.weight - one.weight);
}

function weightOf(step: Step): number {
  if (isSentBack(step)) return WEIGHT.sentBack;
  return step.late === null ? WEIGHT.step : WEIGHT.costly;
}

const firstDay = (days: readonly (string | null)[]): string | null => days.filter((day) => day !== null).sort()[0] ?? null;

/** A letter wants something within a fortnight, or wanted it not longer ago. */
export function asksNow(notice: Notice, now = new Date()): boolean {
  if (!isToDo(notice, now.valueOf())) return false;
  const last = lastDayOf(notice);
  return last === null ? notice.kind === 'EMERGENCY' : Math.abs(daysBetween(dayAt(now), last)) <= SOON;
}

/** Unread ones that stand nowhere above: those that ask something first, the newest of each first. */
export function newLetters(notices: readonly Notice[], now = new Date()): Notice[] {
  const rank = (one: Notice) => (isToDo(one, now.valueOf()) ? 0 : 1);
  return notices.filter((one) => isUnread(one) && one.archivedAt === null && !asksNow(one, now))
    .sort((one, other) => rank(one) - rank(other) || other.sentAt.localeCompare(one.sentAt));
}

/** What others owe: `since` and `until` are days; null: nobody has said until when. */
export type Awaited = { key: string; href: string; since: string; until: string | null } & (
  { kind: 'application'; application: Application } | { kind: 'part'; part: AskedPart } | { kind: 'guardian'; notice: Schools['notices'][number] }
);

const THEIRS: readonly string[] = ['ANOTHER', 'HOUSE', 'WARD'];

/** The ward, whoever was asked for a paper, and the other guardian; who has let it wait longest first. */
export function awaited(sent: readonly Application[], parts: readonly AskedPart[], schools: Schools | null, now = new Date()): Awaited[] {
  const today = dayAt(now);
  const applications = sent.filter((one) => THEIRS.includes(standingOf(one)?.turn ?? '')).map((application): Awaited => ({
    kind: 'application', application, key: application.id, href: `/applications/${application.id}`,
    since: dayAt(new Date(application.acceptedAt)), until: standingOf(application)?.by ?? null,
  }));
  const asked = parts.filter(({ state, endsOn }) => state === 'ASKED' && endsOn >= today).map((part): Awaited => ({
    kind: 'part', part, key: part.id, href: `/parts/${encodeURIComponent(part.step)}`, since: dayAt(new Date(part.askedAt)), until: part.endsOn,
  }));
  const ofTwo = new Set((schools?.pupils ?? []).filter(({ guardians }) => guardians > 1).map(({ id }) => id));
  const notices = (schools?.notices ?? []).filter((one) => one.mine !== null && ofTwo.has(one.pupil) && !one.oneIsEnough && !one.byOther && !one.closed);
  const guardians = notices.map((notice): Awaited => ({
    kind: 'guardian', notice, key: `${notice.notice}-${notice.pupil}`, href: `/inbox/${notice.notice}`,
    since: dayAt(new Date(notice.mine!.cameAt)), until: notice.until === null ? null : dayAt(new Date(notice.until)),
  }));
  return [...applications, ...asked, ...guardians].sort((one, other) => one.since.localeCompare(other.since));
}

/** What will come to her when nothing presses: the nearest last day, or the day from which something can be done. */
export function comesNext(steps: readonly Step[], today: string): { day: string; step: Step } | null {
  const coming = steps.flatMap((step) => {
    const day = step.state === 'DUE' ? step.due : step.state === 'NOT_YET' ? step.opens ?? step.due : null;
    return day !== null && day > today ? [{ day, step }] : [];
  });
  return coming.sort((one, other) => one.day.localeCompare(other.day))[0] ?? null;
}
