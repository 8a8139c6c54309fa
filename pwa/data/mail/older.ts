import { ask } from '../ask.ts';
import { FindNotices } from '../documents.ts';
import { fold } from '../fold.ts';
import { ours } from '../refresh.ts';
import type { Notice } from '../shapes.ts';
import { wordsOf, type Filter } from './finding.ts';
import type { Child } from './letter.ts';

/** Notices older than those on this device, looked through by the house. `after` null: there are no more. */
export type Older = { notices: Notice[]; after: string | null };

/** The house looks through a bounded number a time; so many times it is asked until something fits. */
const MOST_TURNS = 10;
type Shows = { all: 'ALL'; todo: 'TO_DO'; unread: 'UNREAD'; archived: 'ARCHIVED' };
const SHOWS: Shows = { all: 'ALL', todo: 'TO_DO', unread: 'UNREAD', archived: 'ARCHIVED' };

/** The next ones that fit. null: the answer was not for this device. Rejects with NoAnswer. */
export async function findOlder(filter: Filter, children: readonly Child[], after: string): Promise<Older | null> {
  const wanted = asked(filter, children);
  let place = after;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const found = (await ours((await ask(FindNotices, { filter: wanted, after: place })).viewer))?.findNotices;
    if (!found) return null;
    const { hasNextPage, endCursor } = found.pageInfo;
    if (!hasNextPage || endCursor === null) return { notices: found.nodes, after: null };
    if (found.nodes.length > 0) return { notices: found.nodes, after: endCursor };
    place = endCursor;
  }
  return { notices: [], after: place };
}

/** As the house is asked: a word that is in a child's name is found by that child, whose name the mail room does not know. */
export function asked({ show, child, sender, topic, typed }: Filter, children: readonly Child[]) {
  const words = wordsOf(typed).slice(0, 10).map((text) => ({
    text: text.slice(0, 100), children: children.filter(({ name }) => fold(name).includes(fold(text))).map(({ key }) => key),
  }));
  return { show: SHOWS[show], child, sender, topic, words };
}
