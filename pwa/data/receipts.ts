import { tell } from '../device/changes.ts';
import { device, type KeptReceipt } from '../device/database.ts';
import { mayWrite } from '../device/leaving.ts';
import { ask } from './ask.ts';
import { ShowReceipt } from './documents.ts';
import { ours } from './refresh.ts';

/** Receipts she keeps: on the device, also without a network, until she logs out. */

export const readReceipt = async (id: string): Promise<KeptReceipt | null> =>
  (await (await device()).get('receipts', id)) ?? null;

/** The newest receipt of an application, kept; null: it is still being made. Rejects with NoAnswer. */
export async function fetchReceipt(id: string): Promise<KeptReceipt | null> {
  const viewer = await ours((await ask(ShowReceipt, { id })).viewer);
  const told = viewer?.application?.receipt;
  if (!told) return readReceipt(id);
  const kept = { sealedAt: told.sealedAt, stampedAt: told.stampedAt, file: told.file };
  const shelves = await device();
  if (mayWrite()) await shelves.put('receipts', kept, id);
  tell('receipts');
  return kept;
}

/** The zip as the browser saves it. */
export function blobOf({ file }: KeptReceipt): Blob {
  return new Blob([Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))], { type: 'application/zip' });
}
