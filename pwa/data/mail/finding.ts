import { daysBetween, dayAt } from '../../text/dates.ts';
import { fold } from '../fold.ts';
import type { Notice, Text } from '../shapes.ts';
import { isToDo, isUnread, lastDayOf, type Child } from './letter.ts';

/** Chips, search and order of the inbox: pure, upon what lies on this device, so that they work without a network. */

export type Show = 'all' | 'todo' | 'unread' | 'archived';
/** `child`: a child's key, `me`, or null for everybody. `sender`, `topic` null: all. */
export type Filter = { show: Show; child: string | null; sender: string | null; topic: string | null; typed: string };
export const ALL: Filter = { show: 'all', child: null, sender: null, topic: null, typed: '' };
const SHOWS: readonly Show[] = ['all', 'todo', 'unread', 'archived'];

/** As an address has it, so that the way back from a notice leads to the same list. */
export function filterFrom(query: URLSearchParams): Filter {
  const show = SHOWS.find((one) => one === query.get('show')) ?? 'all';
  return { show, child: query.get('child'), sender: query.get('sender'), topic: query.get('topic'), typed: query.get('q') ?? '' };
}

export function pathOf({ show, child, sender, topic, typed }: Filter): string {
  const query = new URLSearchParams(
    Object.entries({ show: show === 'all' ? null : show, child, sender, topic, q: typed || null })
      .filter((pair): pair is [string, string] => pair[1] !== null));
  return query.size > 0 ? `/inbox?${query}` : '/inbox';
}

export const wordsOf = (typed: string): string[] => typed.normalize('NFKC').split(/\s+/).filter((word) => fold(word) !== '');

export function found(notices: readonly Notice[], filter: Filter, children: readonly Child[]): Notice[] {
  const words = wordsOf(filter.typed).map(fold).filter((word) => word !== '');
  return notices.filter((one) => isShown(one, filter) && words.every((word) => textOf(one, children).includes(word)));
}

function isShown(notice: Notice, { show, child, sender, topic }: Filter): boolean {
  if ((notice.archivedAt !== null) !== (show === 'archived')) return false;
  if (show === 'todo' && !isToDo(notice)) return false;
  if (show === 'unread' && !isUnread(notice)) return false;
  if (child !== null && !(child === 'me' ? notice.children.length === 0 : notice.children.includes(child))) return false;
  return (sender === null || notice.senderKey === sender) && (topic === null || notice.topic === topic);
}

const folded = new WeakMap<Notice, string>();

/** All she may remember of it, written alike; in every language, for she may have read it in another. */
function textOf(notice: Notice, children: readonly Child[]): string {
  let text = folded.get(notice);
  if (text === undefined) {
    const each = ({ ja, easy, en }: Text) => [ja, easy, en];
    const names = children.filter(({ key }) => notice.children.includes(key)).map(({ name }) => name);
    const files = notice.attachments.map(({ name }) => name);
    text = [notice.title, notice.body, notice.sender].flatMap(each).concat(names, files).map(fold).join('\n');
    folded.set(notice, text);
  }
  return text;
}

export type Group = { id: 'todo' | 'today' | 'week' | 'earlier' | 'archived'; notices: Notice[] };

/** First what is hers to do, the nearest last day first; then the rest, the newest first. */
export function grouped(notices: readonly Notice[], today: string): Group[] {
  const groups: Record<Group['id'], Notice[]> = { todo: [], today: [], week: [], earlier: [], archived: [] };
  for (const one of notices) groups[groupOf(one, today)].push(one);
  groups.todo.sort((one, other) => rank(one).localeCompare(rank(other)) || other.sentAt.localeCompare(one.sentAt));
  return (Object.keys(groups) as Group['id'][]).map((id) => ({ id, notices: groups[id] })).filter(({ notices }) => notices.length > 0);
}

function groupOf(notice: Notice, today: string): Group['id'] {
  if (notice.archivedAt !== null) return 'archived';
  if (isToDo(notice)) return 'todo';
  const age = daysBetween(dayAt(new Date(notice.sentAt)), today);
  return age < 1 ? 'today' : age < 7 ? 'week' : 'earlier';
}

/** An emergency before all; what has no last day after what has one. */
const rank = (notice: Notice): string => (notice.kind === 'EMERGENCY' ? '0' : (lastDayOf(notice) ?? '9'));

export type Sender = { key: string; name: Text; count: number };

/** Who has written to her, who wrote most often first; the name as they last signed. */
export function sendersOf(notices: readonly Notice[]): Sender[] {
  const senders = new Map<string, Sender>();
  for (const { senderKey, sender } of notices) {
    const known = senders.get(senderKey);
    senders.set(senderKey, { key: senderKey, name: known?.name ?? sender, count: (known?.count ?? 0) + 1 });
  }
  return [...senders.values()].sort((one, other) => other.count - one.count || one.key.localeCompare(other.key));
}

export const topicsOf = (notices: readonly Notice[]): string[] => [...new Set(notices.map(({ topic }) => topic))].sort();
