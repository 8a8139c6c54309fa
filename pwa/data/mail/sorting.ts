import type { OutboxItem, Wish } from '../../device/outbox.ts';
import type { Notice } from '../shapes.ts';
import { isOwed, isUnread, mustBeOpened } from './letter.ts';

/** What she does with many notices at once. It lies in the outbox until the house has it, and counts on every screen
 * from the moment she pressed: what the house told meanwhile is shown with what still waits laid over it. */

export type SortAct = 'READ' | 'UNREAD' | 'ARCHIVE' | 'UNARCHIVE' | 'CONFIRM';
const BACK: Partial<Record<SortAct, SortAct>> = { READ: 'UNREAD', UNREAD: 'READ', ARCHIVE: 'UNARCHIVE', UNARCHIVE: 'ARCHIVE' };
/** What takes it back; null: nothing does. */
export const undoOf = (act: SortAct): SortAct | null => BACK[act] ?? null;

/** The inbox as she left it. */
export function withWaiting(notices: readonly Notice[], outbox: readonly OutboxItem[]): Notice[] {
  const waiting = outbox.filter(({ outcome }) => outcome.state === 'waiting' || outcome.state === 'sending').flatMap(sortedBy);
  if (waiting.length === 0) return [...notices];
  return notices.map((notice) => waiting.reduce(
    (one, { act, ids, at }) => (ids.includes(one.id) ? sorted(one, act, at) : one), notice));
}

/** Notices that were found a while ago, as they stand now: what lies on this device is newer, and what waits counts. */
export function asOfNow(before: readonly Notice[], here: readonly Notice[], outbox: readonly OutboxItem[]): Notice[] {
  const known = new Map(here.map((one) => [one.id, one]));
  return withWaiting(before.map((one) => known.get(one.id) ?? one), outbox);
}

type Sorting = { act: SortAct; ids: readonly string[]; at: string };

function sortedBy({ wish, madeAt }: OutboxItem): Sorting[] {
  if (wish.kind === 'open') return [{ act: 'READ', ids: [wish.notice], at: madeAt }];
  return wish.kind === 'sort' ? [{ act: wish.act, ids: wish.notices, at: madeAt }] : [];
}

/** One notice after it. */
export function sorted(notice: Notice, act: SortAct, at: string): Notice {
  switch (act) {
    case 'READ': return { ...notice, openedAt: notice.openedAt ?? at, unreadAt: null };
    case 'UNREAD': return { ...notice, unreadAt: at };
    case 'ARCHIVE': return { ...notice, archivedAt: notice.archivedAt ?? at };
    case 'UNARCHIVE': return { ...notice, archivedAt: null };
    case 'CONFIRM': return { ...notice, openedAt: notice.openedAt ?? at, confirmedAt: notice.confirmedAt ?? at };
  }
}

/** Which of those chosen it would change (what waits for her answer is not put away with the rest): no others are sent, and no others are taken back. */
export function changedBy(act: SortAct, chosen: readonly Notice[], now = Date.now()): Notice[] {
  switch (act) {
    case 'READ': return chosen.filter((one) => isUnread(one) && !mustBeOpened(one));
    case 'UNREAD': return chosen.filter((one) => !isUnread(one));
    case 'ARCHIVE': return chosen.filter((one) => one.archivedAt === null && !isOwed(one, now));
    case 'UNARCHIVE': return chosen.filter((one) => one.archivedAt !== null);
    case 'CONFIRM': return chosen.filter((one) => one.confirmedAt === null);
  }
}

const SAME_MATTER: Record<SortAct, string> = { READ: 'read', UNREAD: 'read', ARCHIVE: 'away', UNARCHIVE: 'away', CONFIRM: 'done' };

/** What an older wish still asks for when a newer one about the same matter has its say; null: nothing any more. */
export function leftOf(older: Wish, newer: Wish): Wish | null {
  if (older.kind !== 'sort' || newer.kind !== 'sort' || SAME_MATTER[older.act] !== SAME_MATTER[newer.act]) return older;
  const notices = older.notices.filter((id) => !newer.notices.includes(id));
  if (notices.length === older.notices.length) return older;
  return notices.length > 0 ? { ...older, notices } : null;
}
