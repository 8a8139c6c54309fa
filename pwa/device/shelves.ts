import { device } from './database.ts';
import type { Draft } from './drafts.ts';
import { mayWrite } from './leaving.ts';
import type { OutboxItem } from './outbox.ts';
import { deviceKey, isSealed, KEY, seal, unseal, type Key, type Sealed } from './sealing.ts';

/** The shelves that lie under the device's key. A transaction cannot wait for the key's work, so each writing is done
 * beside it, and put only where nobody wrote meanwhile; else it is done again upon what they wrote. */

type Held = { drafts: Draft; outbox: OutboxItem };
export type SealedShelf = keyof Held;
const SEALED: readonly SealedShelf[] = ['drafts', 'outbox'];
export const isSealedShelf = (shelf: string): shelf is SealedShelf => SEALED.some((one) => one === shelf);
/** Under this name of the device shelf lies all she had, while the app is locked. */
const LOCKED = 'sealed';

/** Everything on a shelf; what lies under a key that is gone cannot be read by anybody and is left out. */
export async function readAll<S extends SealedShelf>(shelf: S): Promise<Held[S][]> {
  const kept = await (await device()).getAll(shelf);
  const key = kept.some(isSealed) ? await deviceKey() : null;
  const read = await Promise.all(kept.map((one) => plain<S>(one, key)));
  return read.filter((one) => one !== undefined);
}

/** Reads what lies there, and puts what `change` makes of it; undefined: nothing is put. Resolves to what then lies there. */
export async function rewrite<S extends SealedShelf>(
  shelf: S, id: string, change: (held: Held[S] | undefined) => Held[S] | undefined,
): Promise<Held[S] | undefined> {
  for (;;) {
    const db = await device();
    const key = await deviceKey();
    const before = await db.get(shelf, id);
    const next = change(await plain<S>(before, key));
    if (next === undefined || !mayWrite()) return next;
    if (await swapped(shelf, id, before, await seal(next, key))) return next;
  }
}

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

const writing = (kept: unknown): string => JSON.stringify(isSealed(kept) ? [kept.key, [...kept.iv]] : (kept ?? null));

async function plain<S extends SealedShelf>(kept: unknown, key: Key | null): Promise<Held[S] | undefined> {
  if (!isSealed(kept)) return kept as Held[S] | undefined;
  return key && key.id === kept.key ? unseal<Held[S]>(kept, key).catch(() => undefined) : undefined;
}

/** Seals what an earlier version of the app left open; one after the other, so that whatever ends it loses nothing. */
export async function sealWhatLiesOpen(): Promise<void> {
  for (const shelf of SEALED) {
    const db = await device();
    for (const id of await db.getAllKeys(shelf)) {
      if (!isSealed(await db.get(shelf, id))) await rewrite(shelf, id, (held) => held);
    }
  }
}
