import type { Text } from './shapes.ts';
import { send } from './token.ts';

/** Asking the server whether a receipt is genuine; it keeps nothing of it. */

export type Genuine = {
  kind: 'genuine';
  receiptNumber: string;
  procedure: Text;
  ward: Text;
  completedAt: string;
  acceptedAt: string;
  sealedBy: string;
  /** null: the time stamp follows */
  stampedAt: string | null;
  signature: { algorithm: string; checkedAt: string } | null;
  answers: { label: Text; values: Text[] }[];
};
export type Checked = Genuine | { kind: 'refused'; message: Text } | { kind: 'silent' };

const PATIENCE = 20_000;

export async function checkReceipt(file: Blob): Promise<Checked> {
  const answer = await send('/verify', {
    method: 'POST', body: file, headers: { 'Content-Type': 'application/zip' }, cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  const told = (await answer?.json().catch(() => null)) as (Omit<Genuine, 'kind'> & { genuine?: boolean; message?: Text }) | null;
  if (told?.genuine) return { ...told, kind: 'genuine' };
  return told?.message ? { kind: 'refused', message: told.message } : { kind: 'silent' };
}
