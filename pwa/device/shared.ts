import { tell } from './changes.ts';
import { device } from './database.ts';
import { isFull } from './room.ts';
import { keepPaper, type Paper } from './papers.ts';
import { closedAt } from './lock-state.ts';
import { deviceKey, isSealed, seal, unseal } from './sealing.ts';
import { readOne, rewrite } from './shelves.ts';

/**
 * What was shared with the app from outside: caught by the worker, also without a network, while the app is locked or
 * nobody is signed in; sealed under the device's key until she says what becomes of it. Nothing is sent from here.
 */

export const TAKEN = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];
const LARGEST = 10 * 1024 * 1024;
const MOST = 8;
const WAITS = 7 * 86_400_000;
const HERS = 'own-shared';
/** Beside the lock. */
const SHELF = 'shared';
/** Not the snapshot's: of it nothing is dropped when a shape of the server's changes. */
const VERSION = -1;

export type NotTaken = { why: 'kind' | 'large' | 'full' | 'many'; name: string; n: number };
export type SharedFile = { id: string; at: string; name: string; paper: Paper };
/** `text`: title, text and address as they came. */
export type Shared = { files: SharedFile[]; text: string; refused: NotTaken[] };
const NOTHING: Shared = { files: [], text: '', refused: [] };

/** Why a file is not taken; null: it is. */
export const unfitFile = ({ type, size, name }: Pick<File, 'type' | 'size' | 'name'>): NotTaken | null =>
  !TAKEN.includes(type) ? { why: 'kind', name, n: 1 } : size > LARGEST ? { why: 'large', name, n: 1 } : null;

/** What came while the app was locked lies beside the lock, under a key of then, until it is opened. */
export async function readWaiting(): Promise<Shared> {
  const hers = ((await readOne('snapshot', HERS))?.value as Shared | undefined) ?? NOTHING;
  const db = await device();
  const late: unknown = await db.get('device', SHELF);
  if (!isSealed(late)) return hers;
  const came = await unseal<Shared>(late, await deviceKey()).catch(() => NOTHING);
  const all = { files: [...hers.files, ...came.files], text: came.text || hers.text, refused: [...hers.refused, ...came.refused] };
  if ((await closedAt()) === null) {
    await keepHers(all);
    await db.delete('device', SHELF);
  }
  return all;
}

async function write(shared: Shared): Promise<void> {
  const db = await device();
  const isEmpty = shared.files.length + shared.refused.length === 0 && shared.text === '';
  if (await closedAt()) await db.put('device', await seal(shared, await deviceKey()), SHELF);
  else if (isEmpty) await db.delete('snapshot', HERS);
  else await keepHers(shared);
  tell('snapshot');
}

const keepHers = (value: Shared): Promise<unknown> =>
  rewrite('snapshot', HERS, () => ({ version: VERSION, at: new Date().toISOString(), value }));

/** Adds to what waits; what cannot be taken is told with its name. */
export async function receive(files: readonly File[], text: string, now = new Date()): Promise<void> {
  const before = await readWaiting();
  const kept: SharedFile[] = [...before.files];
  const refused: NotTaken[] = [];
  let left = 0;
  for (const file of files) {
    const why = unfitFile(file);
    if (why) refused.push(why);
    else if (kept.length >= MOST) left += 1;
    else {
      try {
        kept.push({ id: crypto.randomUUID(), at: now.toISOString(), name: file.name, paper: await keepPaper('shared', file) });
      } catch (cause) {
        if (!isFull(cause)) throw cause;
        refused.push({ why: 'full', name: file.name, n: 1 });
      }
    }
  }
  if (left > 0) refused.push({ why: 'many', name: '', n: left });
  await write({ files: kept, text: text.slice(0, 2000) || before.text, refused });
}

export const readShared = async (): Promise<SharedFile[]> => (await readWaiting()).files;

export async function countShared(): Promise<number> {
  const { files, text } = await readWaiting();
  return files.length + Number(text !== '');
}

/** It has found its place: its file lies on under the same key. */
export async function letGo(id: string): Promise<void> {
  const waiting = await readWaiting();
  await write({ ...waiting, files: waiting.files.filter((one) => one.id !== id) });
}

/** She does not want it: its file goes too. */
export async function throwAway(id: string): Promise<void> {
  const file = (await readShared()).find((one) => one.id === id);
  if (file) await (await device()).delete('papers', file.paper.id);
  await letGo(id);
}

export const forgetText = async (): Promise<void> => write({ ...(await readWaiting()), text: '' });
export const forgetRefused = async (): Promise<void> => write({ ...(await readWaiting()), refused: [] });

/** What nobody has wanted for a week goes. */
export async function sweepShared(now = Date.now()): Promise<void> {
  for (const { id, at } of await readShared()) if (now - Date.parse(at) > WAITS) await throwAway(id);
}
