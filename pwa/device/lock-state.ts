import { device } from './database.ts';
import type { Lock } from './lock.ts';

/** Whether the app is locked, or has to be: all that is asked before anything is shown. Closing and opening are in lock.ts. */

export const LOCK = 'lock';
export const SEALED = 'sealed';
/** When she last looked, in localStorage. */
export const HIDDEN = 'hidden-at';

export const readLock = async (): Promise<Lock | null> => ((await (await device()).get('device', LOCK)) as Lock) ?? null;

/** It had to be closed and could not be: nothing of hers is shown all the same. */
let isHeldShut = false;

/** When it was closed; null: it is open. */
export async function closedAt(): Promise<string | null> {
  if (isHeldShut) return new Date().toISOString();
  const sealed = (await (await device()).get('device', SEALED)) as { at: string } | undefined;
  return sealed?.at ?? null;
}

/** Before anything is shown: closes what should have closed while nobody looked. */
export async function closeIfDue(now = Date.now()): Promise<void> {
  const lock = await readLock();
  if (!lock || !isDue(lock.minutes, Number(localStorage.getItem(HIDDEN)), now)) return;
  isHeldShut = false;
  try {
    await (await import('./lock.ts')).close();
  } catch (cause) {
    isHeldShut = true;
    throw cause;
  }
}

/** `hiddenAt` 0: it is not known when she last looked. */
export const isDue = (minutes: number, hiddenAt: number, now: number): boolean => now - hiddenAt >= minutes * 60_000;
