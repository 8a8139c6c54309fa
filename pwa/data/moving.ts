import { drop, keep, readSnapshot } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { MakeHandover, ShowDifference } from './documents.ts';
import { ours } from './refresh.ts';
import type { Difference, Home, MoveChange, MovePaper, Text } from './shapes.ts';

/** The difference between two places to live, and the sheet for the counter there. */

export type Wish = { toWard: string; movesOn: string; people: string[] | null };

/** Asks and keeps a comparison; false: there is none to make. Rejects with NoAnswer when nobody is heard. */
export async function compare({ toWard, movesOn, people }: Wish): Promise<boolean> {
  const viewer = await ours((await ask(ShowDifference, { toWard, movesOn, people })).viewer);
  if (!viewer?.difference) return false;
  const { sheet } = await readSnapshot();
  if (sheet && sheet.value.contents !== viewer.difference.handover?.contents) await throwSheetAway();
  await keep('difference', viewer.difference);
  return true;
}

/** Whether a comparison is the one that was wished for; else it must not stand under another place or day. */
export const answers = (found: Difference, wish: Wish): boolean =>
  found.toWard === wish.toWard && found.planned === wish.movesOn &&
  sameList(found.people.map(({ id }) => id), wish.people ?? found.family.map(({ id }) => id));

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

/** Has the sheet signed that she has just seen and agreed to; null: it lies on the device now, else why not. */
export async function makeSheet(found: Difference): Promise<Text | null> {
  if (!found.handover) return null;
  const { makeHandover: made } = await ask(MakeHandover, {
    input: {
      toWard: found.toWard, movesOn: found.planned,
      people: found.people.map((one) => one.id), contents: found.handover.contents,
    },
  });
  if (made.__typename !== 'Handover') return made.message;
  await keep('sheet', { ...made, contents: found.handover.contents });
  return null;
}

export const throwSheetAway = (): Promise<void> => drop('sheet');

export const PHASES = ['SIGN_FIRST', 'BEFORE_MOVE', 'MOVE_IN_VISIT', 'AFTER', 'LATER'] as const satisfies MoveChange['phase'][];
export const KINDS = ['STOPS', 'LAPSES', 'STARTS', 'ISSUED_ANEW', 'CARRIES_OVER'] as const satisfies MoveChange['kind'][];

export type Turn = {
  id: string; name: Text; kind: MoveChange['kind']; procedure: string | null; office: Text | null; onlyIf: Text | null;
  lastDay: string | null; names: string[];
};

/**
 * What is to be done in a phase, each thing once for all of whom it is certain, with its earliest last day, and once more
 * for those who do it on a condition.
 */
export function turnsOf(found: Difference, phase: MoveChange['phase']): Turn[] {
  const turns = new Map<string, Turn>();
  const here = found.changes.filter((change) => change.phase === phase && change.at !== 'NOWHERE');
  const isCertainAnyway = (change: MoveChange) => change.onlyIf !== null && here.some((other) =>
    other.onlyIf === null && isSameThing(change, other) && (other.subject?.id ?? null) === (change.subject?.id ?? null));
  for (const change of here) {
    if (isCertainAnyway(change)) continue;
    const key = `${change.name.ja} ${change.kind} ${change.onlyIf?.ja ?? ''}`;
    const turn = turns.get(key) ?? { ...change, names: [] as string[] };
    if (change.lastDay !== null && (turn.lastDay === null || change.lastDay < turn.lastDay)) turn.lastDay = change.lastDay;
    if (change.subject && !turn.names.includes(change.subject.name)) turn.names.push(change.subject.name);
    turns.set(key, turn);
  }
  return [...turns.values()];
}

const isSameThing = (one: MoveChange, other: MoveChange): boolean => one.name.ja === other.name.ja && one.kind === other.kind;

/** When a paper is wanted at all; null: it is, for at least one of them. */
export function wantedIf(found: Difference, paper: MovePaper): Text[] | null {
  const conditions = paper.changes.map((id) => found.changes.find((change) => change.id === id)?.onlyIf ?? null);
  const told = conditions.filter((condition) => condition !== null);
  if (told.length < conditions.length) return null;
  return told.filter((one, at) => told.findIndex((other) => other.ja === one.ja) === at);
}

/** What concerns one person, or with null the household, by kind. */
export const changesOf = (found: Difference, person: string | null, kind: MoveChange['kind']): MoveChange[] =>
  found.changes.filter((change) => (change.subject?.id ?? null) === person && change.kind === kind);

/** Where a comparison begins: what was compared last, else what she answered. */
export function firstWish(last: Difference | null, home: Home | null): { toWard: string; movesOn: string } {
  const told = (fact: string) => {
    const value = home?.answers.find((one) => one.question.fact === fact && one.counts !== false)?.value;
    return typeof value === 'string' ? value : '';
  };
  const to = told('move_to');
  return { toWard: last?.toWard ?? (/^\d{6}$/.test(to) ? to : ''), movesOn: last?.planned ?? told('move_date') };
}
