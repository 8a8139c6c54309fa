import { isInstalled } from './install.ts';

/** Whether the browser keeps what lies here when the phone is full. `maybe`: it may go. */
export type Staying = 'stays' | 'maybe' | 'unknown';

const isFirefox = (): boolean => navigator.userAgent.includes('Firefox/');

export async function readStaying(): Promise<Staying> {
  const stays = await navigator.storage?.persisted?.().catch(() => null);
  return stays == null ? 'unknown' : stays ? 'stays' : 'maybe';
}

export async function askToStay(): Promise<Staying> {
  await navigator.storage?.persist?.().catch(() => false);
  return readStaying();
}

let asked = false;

/** The right moment: something lies here that lies nowhere else. Firefox would ask her then; there she asks herself. */
export async function stayQuietly(): Promise<void> {
  if (asked || (isFirefox() && !isInstalled())) return;
  asked = true;
  if ((await readStaying()) === 'maybe') await askToStay();
}
