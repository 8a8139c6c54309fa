import { deviceKey, seal, unseal } from '../device/sealing.ts';
import { keep, type Kept } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { DeleteDocument, FetchDocuments, ShowDocuments } from './documents.ts';
import { had } from './family.ts';
import { ours } from './refresh.ts';
import type { Issued } from './shapes.ts';

/** What a ward has issued lies on this device under its key, so that it can be read and shown without a network. */

/** As text, because the app's lock seals what it finds as JSON. */
export type SealedText = { key: string; iv: string; data: string };

export async function keepIssued(documents: readonly Issued[]): Promise<void> {
  const { key, iv, data } = await seal(documents, await deviceKey());
  await keep('issued', { key, iv: inText(iv), data: inText(new Uint8Array(data)) });
}

/** null: nothing is kept, or it lies under a key that is gone. */
export async function openIssued(kept: Kept<SealedText> | null): Promise<Issued[] | null> {
  if (!kept) return null;
  const { key, iv, data } = kept.value;
  try {
    return await unseal<Issued[]>({ key, iv: inBytes(iv), data: inBytes(data).buffer }, await deviceKey());
  } catch {
    return null;
  }
}

export async function refreshIssued(): Promise<void> {
  const viewer = await ours((await ask(ShowDocuments, {})).viewer);
  if (viewer) await keepIssued(viewer.documents);
}

/** Asks her ward; what it has comes a little later. */
export const fetchIssued = () => had(async () => (await ask(FetchDocuments, {})).fetchDocuments, 'Documents');

export async function deleteIssued(id: string) {
  const told = await had(async () => (await ask(DeleteDocument, { id })).deleteDocument, 'Documents');
  if (told.value) await keepIssued(told.value.documents);
  return told;
}

/** Only what holds is shown as a copy. */
export const isShown = (one: Pick<Issued, 'isCertificate' | 'isReceipt' | 'verdict'>): boolean => (one.isCertificate || one.isReceipt) && one.verdict === 'VALID';

/** Its last day is over; `today` as YYYY-MM-DD in Tokyo. */
export const isOver = (one: Pick<Issued, 'validUntil'>, today: string): boolean => one.validUntil !== null && one.validUntil < today;

export const today = (now = new Date()): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(now);

export function inText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function inBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
