import { device, type Shelf } from './database.ts';
import { readTold } from './shelves.ts';

/** What uses how much here, in bytes. `written`: hers, not on any server; it is never freed but by herself. */
export type Usage = { written: number; papers: number; told: number; files: number; receipts: number; places: number; app: number };
export type Room = { usage: Usage; used: number | null; most: number | null };

export async function readUsage(): Promise<Room> {
  const db = await device();
  const sizes = async (shelf: Shelf) => (await db.getAll(shelf)).reduce((sum: number, one) => sum + sizeOf(one), 0);
  const [drafts, outbox, snapshot, receipts, papers, files, { places, app }, estimate] = await Promise.all([
    sizes('drafts'), sizes('outbox'), sizes('snapshot'), sizes('receipts'), sizes('papers'), filesOfNotices(), ofCaches(),
    navigator.storage?.estimate?.().catch(() => null) ?? null,
  ]);
  return {
    usage: { written: drafts + outbox, papers: Math.max(0, papers - files), told: snapshot, files, receipts, places, app },
    used: estimate?.usage ?? null, most: estimate?.quota ?? null,
  };
}

async function filesOfNotices(): Promise<number> {
  const kept = (await readTold()).find(([name]) => name === 'files')?.[1].value;
  return Array.isArray(kept) ? (kept as { paper: { size: number } }[]).reduce((sum, { paper }) => sum + paper.size, 0) : 0;
}

async function ofCaches(): Promise<{ places: number; app: number }> {
  let [places, app] = [0, 0];
  for (const name of (await globalThis.caches?.keys().catch(() => [])) ?? []) {
    const cache = await caches.open(name);
    for (const answer of await cache.matchAll()) {
      const size = (await answer.blob()).size;
      if (name.startsWith('facilities-')) places += size;
      else app += size;
    }
  }
  return { places, app };
}

/** Of what is sealed its bytes, of anything else its length as text. */
function sizeOf(kept: unknown): number {
  const data = typeof kept === 'object' && kept !== null && 'data' in kept ? kept.data : null;
  return data instanceof ArrayBuffer ? data.byteLength : JSON.stringify(kept ?? null).length;
}
