import { amend, keep } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { AskAboutReading, ShowReadings, TellOfLooks } from './documents.ts';
import { ours, refreshWho } from './refresh.ts';
import type { Reading, Readings, Text, ToldOfLooks } from './shapes.ts';

/** Who looked at her data: the newest kept on the device, older ones and single kinds asked for when she wishes. */

export type Only = { kind: Reading['kind'] | null; source: string | null; refused: boolean };
export const ANY: Only = { kind: null, source: null, refused: false };

export const isAny = (only: Only): boolean => only.kind === null && only.source === null && !only.refused;

export const fits = (reading: Reading, only: Only): boolean =>
  (only.kind === null || reading.kind === only.kind) &&
  (only.source === null || reading.source === only.source) && (!only.refused || reading.isRefused);

/** One page; null: the answer was not for this device. */
export async function readingsOf(only: Only, after: string | null): Promise<Readings | null> {
  const viewer = await ours((await ask(ShowReadings, { after, ...only })).viewer);
  if (!viewer) return null;
  const { nodes, pageInfo } = viewer.readings;
  return { nodes, more: pageInfo.hasNextPage ? pageInfo.endCursor : null, toldOfLooks: viewer.toldOfLooks };
}

export async function refreshReadings(): Promise<void> {
  const page = await readingsOf(ANY, null);
  if (page) await keep('readings', page);
}

/** `files`: ids of what was sent up before. */
export type Words = { kind: 'QUESTION' | 'OBJECTION'; text: string; files: string[] };

/** Her question or objection about an entry. null: sent; else why not. Rejects with NoAnswer. */
export async function askAbout(reading: Reading, words: Words): Promise<Text | null> {
  const { askAboutReading: reply } = await ask(AskAboutReading, { reading: reading.id, ...words });
  if (reply.__typename !== 'Reading') {
    if (reply.__typename === 'SignInNeeded') await refreshWho();
    return reply.message;
  }
  const put = (one: Reading): Reading => (one.id === reply.id ? reply : one);
  await amend('readings', (kept) => ({ toldOfLooks: 'NOBODY', more: null, ...kept, nodes: (kept?.nodes ?? [reply]).map(put) }));
  return null;
}

/** Of which looks she is told. null: taken. Rejects with NoAnswer. */
export async function tellMe(told: ToldOfLooks): Promise<Text | null> {
  const { tellOfLooks: reply } = await ask(TellOfLooks, { told });
  if (reply.__typename !== 'LookWish') return reply.message;
  await amend('readings', (kept) => ({ nodes: [], more: null, ...kept, toldOfLooks: reply.told }));
  return null;
}

/** The entries of a list, a day after the other as the phone counts days. */
export function byDay(readings: readonly Reading[], dayOf: (iso: string) => string): [day: string, entries: Reading[]][] {
  const days = new Map<string, Reading[]>();
  for (const reading of readings) days.set(dayOf(reading.at), [...(days.get(dayOf(reading.at)) ?? []), reading]);
  return [...days];
}
