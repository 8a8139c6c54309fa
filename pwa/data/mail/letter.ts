import type { Home, Notice, Pupil } from '../shapes.ts';
import { dayAt, daysBetween } from '../../text/dates.ts';

/** What a notice wants of her, and by when: pure, upon what lies on this device. */

export const ASKED = ['consent', 'survey', 'attendance', 'health', 'confirm', 'fee'] as const;
export type Asked = (typeof ASKED)[number];
/** A child of hers as notices know it. */
export type Child = Pick<Home['children'][number], 'key' | 'id' | 'name'>;

/** What is to be answered; null: nothing, or something this version of the app does not know. */
export function askedOf({ asks }: Pick<Notice, 'asks'>): { kind: Asked; until: string | null } | null {
  if (typeof asks !== 'object' || asks === null || Array.isArray(asks)) return null;
  const { kind, until } = asks as Record<string, unknown>;
  const known = ASKED.find((one) => one === kind);
  return known ? { kind: known, until: typeof until === 'string' ? until : null } : null;
}

export const isUnread = ({ openedAt, unreadAt, recalledAt }: Notice): boolean =>
  unreadAt !== null || (openedAt === null && recalledAt === null);

/** The last day for what it wants; null: none is said. */
export function lastDayOf(notice: Notice): string | null {
  const until = askedOf(notice)?.until ?? null;
  const days = [notice.actBy, until && (until.length > 10 ? dayAt(new Date(until)) : until)].filter((day) => day !== null);
  return days.sort()[0] ?? null;
}

/** Hers to do something yet: to answer, or to do and say so. What was taken back, put away or has lapsed is not. */
export function isToDo(notice: Notice, now = Date.now()): boolean {
  if (notice.recalledAt !== null || notice.archivedAt !== null) return false;
  if (notice.lapsesAt !== null && Date.parse(notice.lapsesAt) < now) return false;
  if (askedOf(notice)) return notice.answeredAt === null && notice.confirmedAt === null;
  return (notice.kind === 'ACTION' || notice.kind === 'EMERGENCY') && notice.confirmedAt === null;
}

/** Somebody waits for her answer, and it still counts: it is not put away among many others. */
export function isOwed(notice: Notice, now = Date.now()): boolean {
  const last = lastDayOf(notice);
  return askedOf(notice) !== null && isToDo(notice, now) && (last === null || last >= dayAt(new Date(now)));
}

/** Must be opened to count as read: what it says must not be waved away unseen. */
export const mustBeOpened = (notice: Notice): boolean => isToDo(notice) && notice.openedAt === null;

export type Want = `ask.${Asked}` | 'do' | 'know' | 'answered' | 'done' | 'recalled';
/** What to do, in one word of the texts; null: just to read. */
export function wantOf(notice: Notice): Want | null {
  if (notice.recalledAt !== null) return 'recalled';
  const asked = askedOf(notice);
  if (asked && notice.answeredAt !== null) return 'answered';
  if (notice.confirmedAt !== null) return 'done';
  if (asked) return `ask.${asked.kind}`;
  if (notice.kind === 'EMERGENCY') return 'know';
  return notice.kind === 'ACTION' ? 'do' : null;
}

export type When = 'past' | 'today' | 'tomorrow' | 'soon' | 'later';
/** How near its last day is; null: none, or nothing is hers to do. */
export function nearness(notice: Notice, today: string): When | null {
  const last = lastDayOf(notice);
  if (last === null || !isToDo(notice)) return null;
  const left = daysBetween(today, last);
  if (left < 0) return 'past';
  return left === 0 ? 'today' : left === 1 ? 'tomorrow' : left <= 7 ? 'soon' : 'later';
}

/** In the order of the household; then those of another home, whom a school knows under a key of its own. */
export const childrenOf = (hers: readonly Child[], pupils: readonly Pick<Pupil, 'child' | 'id' | 'name'>[]): readonly Child[] =>
  [...hers, ...pupils.filter(({ child }) => !hers.some(({ key }) => key === child)).map(({ child: key, id, name }) => ({ key, id, name }))];

/** 「はな」 of 「佐藤 はな」. */
export const givenName = (name: string): string => name.trim().split(/[\s　]+/).at(-1) ?? name;

export const concerned = (notice: Notice, children: readonly Child[]): Child[] =>
  children.filter(({ key }) => notice.children.includes(key));
