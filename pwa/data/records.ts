import { amend, keep, readSnapshot } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { AskRecords, HearRecords, ShowRecords, StopAskingRecords } from './documents.ts';
import { changeLine, readLine } from './line.ts';
import { ours, quietly, refreshHome, refreshWho } from './refresh.ts';
import type { BodyRecord, RecordEntry, Records, Text } from './shapes.ts';
import { stream } from './stream.ts';

/** What each body holds about her: asked when she wishes it, kept as each answers, dropped when she stops. */

/** Brings the page up to date without asking any body; those she has agreed to and that were never heard are asked. */
export async function refreshRecords(): Promise<void> {
  if (readLine().asking.length > 0) return;
  const viewer = await ours((await ask(ShowRecords, {})).viewer);
  if (!viewer) return;
  await keep('records', viewer.records);
  await hearEach(viewer.records.records.filter((record) => record.state === 'WAITING').map(({ id }) => id));
}

/** Her yes to these bodies, and what they tell. null: they were asked; else why not. Rejects with NoAnswer. */
export async function askBodies(sources: readonly string[]): Promise<Text | null> {
  const most = (await readSnapshot()).records?.value.mostAtOnce ?? sources.length;
  for (let from = 0; from < sources.length; from += most) {
    const some = sources.slice(from, from + most);
    const { askRecords: reply } = await ask(AskRecords, { sources: some });
    if (reply.__typename !== 'Records') return refused(reply);
    await keepAll(reply);
    await hearEach(some);
  }
  return null;
}

/** Her no to one body; what it told is gone from here and there. null: done; else why not. Rejects with NoAnswer. */
export async function stopAsking(record: BodyRecord): Promise<Text | null> {
  const { stopAskingRecords: reply } = await ask(StopAskingRecords, { source: record.id });
  if (reply.__typename !== 'Records') return refused(reply);
  await keepAll(reply);
  if (record.isAskedWithHome) quietly(refreshHome('when old'));
  return null;
}

async function refused(reply: { __typename: 'FieldsRefused' | 'SignInNeeded'; message: Text }): Promise<Text> {
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return reply.message;
}

const keepAll = ({ mostAtOnce, records }: Records): Promise<void> => keep('records', { mostAtOnce, records });

/** Each body as it settles; one that never does hinders no other. */
async function hearEach(sources: readonly string[]): Promise<void> {
  if (sources.length === 0) return;
  const left = new Set(sources);
  const others = () => readLine().asking.filter((id) => !sources.includes(id));
  changeLine({ asking: [...others(), ...left] });
  try {
    for await (const { recordsRefreshed: update } of stream(HearRecords, { sources: [...sources] })) {
      if ((await readSnapshot()).signedOut?.value) return;
      await keepOne(update.record);
      left.delete(update.record.id);
      changeLine({ asking: [...others(), ...left] });
    }
  } finally {
    changeLine({ asking: others() });
  }
}

const keepOne = (told: BodyRecord): Promise<void> =>
  amend('records', (kept) => ({
    mostAtOnce: kept?.mostAtOnce ?? 1,
    records: (kept?.records ?? [told]).map((record) => (record.id === told.id ? told : record)),
  }));

/** What was told only until a moment that has passed is not shown any more, also where no network says so. */
export const stillKept = (record: BodyRecord, now = Date.now()): BodyRecord =>
  record.keptUntil !== null && Date.parse(record.keptUntil) <= now
    ? { ...record, state: record.state === 'KNOWN' ? 'WAITING' : record.state, asOf: null, keptUntil: null, content: NOTHING }
    : record;

const NOTHING: BodyRecord['content'] = { lines: [], groups: [] };

/** Takes off the device what may not be kept any longer. */
export async function forgetExpired(): Promise<void> {
  const { records } = await readSnapshot();
  if (records?.value.records.some((record) => stillKept(record) !== record)) {
    await amend('records', (kept) => ({ ...(kept ?? records.value), records: (kept ?? records.value).records.map((one) => stillKept(one)) }));
  }
}

export const OPERATORS = ['WARD', 'NATION', 'METROPOLIS', 'PRIVATE'] as const satisfies readonly BodyRecord['operator'][];

/** May be asked when she wishes it. */
export const canBeAsked = (record: BodyRecord): boolean => record.state !== 'NOT_CONNECTED' && record.state !== 'NOT_ASKED';

/** She has said yes, and it holds. */
export const isAgreed = (record: BodyRecord): boolean => record.agreedAt !== null;

/** Whom one press may ask together: those never asked, or when there are none, those she has agreed to; one she has stopped is left. */
export function together(records: readonly BodyRecord[]): BodyRecord[] {
  const fresh = records.filter((record) => record.state === 'NOT_YET');
  return fresh.length > 0 ? fresh : records.filter((record) => canBeAsked(record) && isAgreed(record));
}

/** All that leaves the house for these bodies, each thing once. */
export const sentTo = (records: readonly BodyRecord[]): Text[] =>
  [...new Map(records.flatMap((record) => record.sends).map((item) => [item.ja, item])).values()];

/** How many lines it takes to show what a body has told; an empty list is one. */
export const countOf = ({ content }: BodyRecord): number => linesOf(content);

/** Whether something of it is on record and hidden until she has proved once more who she is. */
export const isMasked = ({ lines, groups = [] }: RecordEntry): boolean =>
  lines.some((line) => line.masked) || groups.some(({ entries }) => entries.some(isMasked));

const linesOf = ({ lines, groups = [] }: RecordEntry): number =>
  lines.length + groups.flatMap(({ entries }) => (entries.length ? entries.map(linesOf) : [1])).reduce((sum, one) => sum + one, 0);
