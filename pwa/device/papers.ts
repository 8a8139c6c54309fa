import { device } from './database.ts';
import { mayWrite } from './leaving.ts';
import { withRoom } from './room.ts';

/** A photograph as it lies here. */
export type KeptPaper = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer; at: string };
/**
 * A photograph or PDF of a paper, as its draft or its application in the outbox knows it. `paper`: which one of the
 * procedure's list. `key`: what opens it, base64; it lies here and nowhere else, so it is sealed with what she wrote,
 * and gone with it. `upload`, `digest`: the house has it, under this id, and what it keeps has this SHA-256.
 */
export type Paper = { id: string; paper: string; mediaType: string; size: number; key: string; upload?: string; digest?: string };

const LONG_ENOUGH = 86_400_000;
const AES = 'AES-GCM';

/** Keeps a file under a key of its own. */
export async function keepPaper(paper: string, file: Blob): Promise<Paper> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey('raw', raw, AES, false, ['encrypt']);
  const data = await crypto.subtle.encrypt({ name: AES, iv }, key, await file.arrayBuffer());
  const id = crypto.randomUUID();
  const shelves = await device();
  if (mayWrite()) await withRoom(() => shelves.put('papers', { iv, data, at: new Date().toISOString() }, id));
  return { id, paper, mediaType: file.type, size: file.size, key: btoa(String.fromCharCode(...raw)) };
}

/** The file again; null: it does not lie here. */
export async function readPaper({ id, key, mediaType }: Paper): Promise<Blob | null> {
  const kept = await (await device()).get('papers', id);
  if (!kept) return null;
  const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  const opens = await crypto.subtle.importKey('raw', raw, AES, false, ['decrypt']);
  return new Blob([await crypto.subtle.decrypt({ name: AES, iv: kept.iv }, opens, kept.data)], { type: mediaType });
}

/** Drops what belongs to no draft and no application any more; what is a day old cannot be on its way into one. */
export async function sweepPapers(wanted: readonly Paper[], now = Date.now()): Promise<void> {
  const db = await device();
  for (const id of await db.getAllKeys('papers')) {
    const kept = await db.get('papers', id);
    if (kept && now - Date.parse(kept.at) > LONG_ENOUGH && !wanted.some((one) => one.id === id)) await db.delete('papers', id);
  }
}
