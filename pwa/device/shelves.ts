import { device, type KeptReceipt } from './database.ts';
import type { Draft } from './drafts.ts';
import { mayWrite } from './leaving.ts';
import type { OutboxItem } from './outbox.ts';
import { isFull, withRoom } from './room.ts';
import type { KeptRecord } from './snapshot.ts';
import { deviceKey, isSealed, KEY, seal, unseal, type Key, type Sealed } from './sealing.ts';
import { stamped, upgraded, type Carried, type Plain } from './versions.ts';

/** The shelves that lie under the device's key. A transaction cannot wait for the key's work, so each writing is done
 * beside it, and put only where nobody wrote meanwhile; else it is done again upon what they wrote. */

type Held = { drafts: Draft; outbox: OutboxItem; snapshot: KeptRecord; receipts: KeptReceipt };
export type SealedShelf = keyof Held;
const SEALED: readonly SealedShelf[] = ['drafts', 'outbox', 'snapshot', 'receipts'];
export const isSealedShelf = (shelf: string): shelf is SealedShelf => SEALED.some((one) => one === shelf);
/** Under this name of the device shelf lies all she had, while the app is locked. */
const LOCKED = 'sealed';

/** What lies on a shelf and cannot be opened: its key is gone (`lost`), or a newer app wrote it. By key. */
export type Shut = { lost: readonly string[]; newer: readonly string[] };
const NOTHING_SHUT: Shut = { lost: [], newer: [] };
const shut: Partial<Record<SealedShelf, Shut>> = {};

/** Of what she wrote, as it was when it was last read. */
export const readShut = (): Record<Carried, Shut> => ({ drafts: shut.drafts ?? NOTHING_SHUT, outbox: shut.outbox ?? NOTHING_SHUT });

/** Everything on a shelf that can be opened; what cannot is told by `readShut`, and stays. */
export async function readAll<S extends SealedShelf>(shelf: S): Promise<Held[S][]> {
  const read = (await device()).transaction(shelf);
  const [ids, kept] = await Promise.all([read.store.getAllKeys(), read.store.getAll()]);
  const key = kept.some(isSealed) ? await deviceKey() : null;
  const told = await Promise.all(kept.map((one) => plain<S>(shelf, one, key)));
  const those = (why: Unreadable) => ids.filter((_, at) => told[at] === why);
  shut[shelf] = { lost: those('lost'), newer: those('newer') };
  return told.filter((one) => one !== undefined && !isUnreadable(one)) as Held[S][];
}

export async function readOne<S extends SealedShelf>(shelf: S, id: string): Promise<Held[S] | undefined> {
  const kept = await (await device()).get(shelf, id);
  const told = await plain<S>(shelf, kept, isSealed(kept) ? await deviceKey() : null);
  return isUnreadable(told) ? undefined : told;
}

/** She has been told, and lets go of what nobody can open any more. */
export async function dropLost(): Promise<void> {
  const db = await device();
  for (const shelf of ['drafts', 'outbox'] as const) for (const id of readShut()[shelf].lost) await db.delete(shelf, id);
}

const opened = new Map<string, { writing: string; held: KeptRecord }>();

/** All that the server told, by name, read at one moment. What nobody has written since is not opened a second time. */
export async function readTold(): Promise<[string, KeptRecord][]> {
  const read = (await device()).transaction('snapshot');
  const [names, kept] = await Promise.all([read.store.getAllKeys(), read.store.getAll()]);
  const key = kept.some(isSealed) ? await deviceKey() : null;
  const told = await Promise.all(names.map(async (name, at): Promise<[string, KeptRecord] | null> => {
    const known = opened.get(name);
    const now = writing(kept[at]);
    const held = known?.writing === now ? known.held : await plain<'snapshot'>('snapshot', kept[at], key);
    return held && !isUnreadable(held) ? [name, held] : null;
  }));
  opened.clear();
  names.forEach((name, at) => {
    const held = told[at]?.[1];
    if (held && isSealed(kept[at])) opened.set(name, { writing: writing(kept[at]), held });
  });
  return told.filter((one) => one !== null);
}

/** A newer app has written there; nothing of it is overwritten. */
export class NewerHere extends Error {}

/** Reads what lies there, and puts what `change` makes of it; undefined: nothing is put. Resolves to what then lies there. */
export async function rewrite<S extends SealedShelf>(
  shelf: S, id: string, change: (held: Held[S] | undefined) => Held[S] | undefined,
): Promise<Held[S] | undefined> {
  for (;;) {
    const db = await device();
    const key = await deviceKey();
    const before = await db.get(shelf, id);
    const held = await plain<S>(shelf, before, key);
    if (held === 'newer') throw new NewerHere(shelf);
    const next = change(held === 'lost' ? undefined : held);
    if (next === undefined || !mayWrite()) return next;
    const sealed = await seal(isCarried(shelf) ? stamped(shelf, next) : next, key);
    if (await put(shelf, id, before, sealed)) return next;
  }
}

/** What the server told is asked again when there is no room for it; what she wrote is told to her. */
const put = (shelf: SealedShelf, id: string, before: unknown, after: Sealed): Promise<boolean> =>
  withRoom(() => swapped(shelf, id, before, after)).catch((cause: unknown) => {
    if (isFull(cause) && shelf === 'snapshot' && !isHersAlone(id)) return true;
    throw cause;
  });

/** Of the snapshot's shelf what no server knows: it outlives every change of shape and goes with her alone. */
export const isHersAlone = (id: string): boolean => id.startsWith('own-');

/** Puts it where still the same lies, and the key is still this device's; nothing is put behind a closed lock. */
async function swapped(shelf: SealedShelf, id: string, before: unknown, after: Sealed): Promise<boolean> {
  const write = (await device()).transaction([shelf, 'device'], 'readwrite');
  if (await write.objectStore('device').get(LOCKED)) return true;
  const key = (await write.objectStore('device').get(KEY)) as Key | undefined;
  const isFree = key?.id === after.key && isSameWriting(before, await write.objectStore(shelf).get(id));
  if (isFree) await write.objectStore(shelf).put(after, id);
  await write.done;
  return isFree;
}

/** Has nobody written there since? */
export const isSameWriting = (before: unknown, now: unknown): boolean => writing(before) === writing(now);

/** Of what lies open its whole content, of what is sealed what is new with every writing. */
const writing = (kept: unknown): string => JSON.stringify(isSealed(kept) ? [kept.key, [...kept.iv]] : (kept ?? null));

type Unreadable = 'lost' | 'newer';
const isUnreadable = (told: unknown): told is Unreadable => told === 'lost' || told === 'newer';
const isCarried = (shelf: SealedShelf): shelf is Carried => shelf === 'drafts' || shelf === 'outbox';

async function plain<S extends SealedShelf>(shelf: S, kept: unknown, key: Key | null): Promise<Held[S] | Unreadable | undefined> {
  if (kept === undefined) return undefined;
  const held = isSealed(kept) ? await opens<Held[S]>(kept, key) : (kept as Held[S]);
  if (held === 'lost' || !isCarried(shelf)) return held;
  return (upgraded(shelf, held as Plain) as Held[S] | null) ?? 'newer';
}

const opens = async <T>(kept: Sealed, key: Key | null): Promise<T | 'lost'> =>
  key && key.id === kept.key ? unseal<T>(kept, key).catch(() => 'lost' as const) : 'lost';

/** Seals what an earlier version of the app left open; one after the other, so that whatever ends it loses nothing. */
export async function sealWhatLiesOpen(): Promise<void> {
  for (const shelf of SEALED) {
    const db = await device();
    for (const id of await db.getAllKeys(shelf)) {
      const kept: unknown = await db.get(shelf, id);
      if (kept !== undefined && !isSealed(kept)) await rewrite(shelf, id, (held) => held).catch(reportError);
    }
  }
}
