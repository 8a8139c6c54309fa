import { tell } from '../device/changes.ts';
import type { KeptReceipt } from '../device/database.ts';
import { isFull } from '../device/room.ts';
import { readOne, rewrite } from '../device/shelves.ts';
import { ask } from './ask.ts';
import { ShowReceipt } from './documents.ts';
import { ours } from './refresh.ts';

/** Receipts she keeps: on the device, also without a network, until she logs out. */

export const readReceipt = async (id: string): Promise<KeptReceipt | null> =>
  (await readOne('receipts', id)) ?? null;

/** The newest receipt of an application, kept; null: it is still being made. Rejects with NoAnswer. */
export async function fetchReceipt(id: string): Promise<KeptReceipt | null> {
  const viewer = await ours((await ask(ShowReceipt, { id })).viewer);
  const told = viewer?.application?.receipt;
  if (!told) return readReceipt(id);
  const kept = { sealedAt: told.sealedAt, stampedAt: told.stampedAt, file: told.file };
  await rewrite('receipts', id, () => kept).catch((cause: unknown) => {
    if (!isFull(cause)) throw cause; // it is fetched again when she opens it
  });
  tell('receipts');
  return kept;
}

/** The zip as the browser saves it. */
export function blobOf({ file }: KeptReceipt): Blob {
  return new Blob([Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))], { type: 'application/zip' });
}

/** Those of one office, each as its file; how many there were. Without a network, those that lie here. */
export async function saveReceipts(sent: readonly { id: string; receiptNumber: string }[]): Promise<number> {
  let saved = 0;
  for (const { id, receiptNumber } of sent) {
    const kept = (await readReceipt(id)) ?? (await fetchReceipt(id).catch(() => null));
    if (!kept) continue;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blobOf(kept));
    link.download = `kurashimado-${receiptNumber}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    saved += 1;
  }
  return saved;
}
