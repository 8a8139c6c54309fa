import { changeLine } from '../data/line.ts';
import { device } from './database.ts';
import { readTold } from './shelves.ts';

/**
 * When the device has no room left: what everybody may read goes first, then files that can be fetched again, then
 * copies of what the server told. What she wrote, sent, photographed or keeps here alone never goes.
 */

type Free = () => Promise<unknown>;
/** Asked anew when she opens them; home, notices and applications stay to be read without a network. */
const ASKED_ANEW = ['difference', 'readings', 'records', 'consents', 'links', 'together', 'account'];
/** Caches of what everybody may read; the app itself is not among them. */
const PUBLIC_CACHE = /^facilities-/;

/** Chromium, Firefox and Safari each in their way. */
export const isFull = (cause: unknown): boolean =>
  cause instanceof Error && (cause.name === 'QuotaExceededError' || /quota|disk full|no space/i.test(cause.message));

/** Writes, and where there is no room frees some and writes again; rejects when nothing more may go. */
export async function withRoom<T>(write: () => Promise<T>, frees: readonly Free[] = [freePublic, freeFiles, freeCopies]): Promise<T> {
  for (const free of frees) {
    try {
      return await write();
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      await free().catch(() => undefined);
    }
  }
  try {
    return await write();
  } catch (cause) {
    if (isFull(cause)) changeLine({ full: true });
    throw cause;
  }
}

export async function freePublic(): Promise<void> {
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => PUBLIC_CACHE.test(name)).map((name) => caches.delete(name)));
}

/** Files of notices that lie here to be read without a network; the house still has them. */
export async function freeFiles(): Promise<void> {
  const kept = (await readTold()).find(([name]) => name === 'files')?.[1].value;
  const db = await device();
  for (const { paper } of Array.isArray(kept) ? (kept as { paper: { id: string } }[]) : []) await db.delete('papers', paper.id);
  await db.delete('snapshot', 'files');
}

export async function freeCopies(): Promise<void> {
  const db = await device();
  for (const part of ASKED_ANEW) await db.delete('snapshot', part);
  await db.clear('receipts');
}
