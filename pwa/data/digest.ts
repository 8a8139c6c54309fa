import { readSnapshot } from '../device/snapshot.ts';
import { digestOf, type Sent } from './canonical.ts';

/** The digest for the ward she lives in; null where that is not known, a photograph has not
 * been sent to the house yet, or the browser has no means for it. */
export async function digestNow(sent: Omit<Sent, 'ward'>): Promise<string | null> {
  if (sent.papers?.some(({ digest }) => !digest)) return null;
  const ward = (await readSnapshot()).viewer?.value.ward?.code;
  return ward && globalThis.crypto?.subtle ? digestOf({ ...sent, ward }) : null;
}
