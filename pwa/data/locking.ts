import { newSalt, openLock, readLock, closedAt, setLock, dropLock } from '../device/lock.ts';
import { ask } from './ask.ts';
import { SetDeviceLock, ShowLockPart } from './documents.ts';
import { keyWithoutNetwork, lastUsed, PasskeyFailed, proveByPasskey } from './passkeys.ts';
import type { Text } from './shapes.ts';

/** Setting the lock and opening it: by the passkey alone where it can, else with the server's part. */

/** Asks for the passkey once, so that its key is known here. null: done; else why not. Rejects with PasskeyFailed. */
export async function turnLockOn(minutes: number): Promise<Text | null> {
  const salt = newSalt();
  const { prf } = await proveByPasskey(salt);
  const { setDeviceLock: reply } = await ask(SetDeviceLock, { minutes });
  if (reply.__typename !== 'DeviceLock') return reply.message;
  if (reply.part === null) return null;
  await setLock(minutes, reply.part, prf && lastUsed ? { credential: lastUsed, salt, key: prf } : null);
  return null;
}

/** null: done; else why not. Rejects with PasskeyFailed. */
export async function turnLockOff(): Promise<Text | null> {
  await proveByPasskey();
  const { setDeviceLock: reply } = await ask(SetDeviceLock, { minutes: null });
  if (reply.__typename !== 'DeviceLock') return reply.message;
  await dropLock();
  return null;
}

/** Opens by one touch. Without a network only where the passkey itself holds the key. Rejects with PasskeyFailed. */
export async function openByPasskey(reached: boolean): Promise<boolean> {
  const lock = await readLock();
  if (!lock) return true;
  if (!reached) return lock.prf !== null && openWithoutNetwork(lock.prf);
  try {
    const { prf, lockPart } = await proveByPasskey(lock.prf?.salt ?? null);
    if (prf && (await openLock({ prf }))) return true;
    return lockPart !== null && (await openLock({ part: lockPart }));
  } catch (cause) {
    if (cause instanceof PasskeyFailed && cause.trouble.code === 'offline' && lock.prf) return openWithoutNetwork(lock.prf);
    throw cause;
  }
}

async function openWithoutNetwork({ credential, salt }: { credential: string; salt: Uint8Array<ArrayBuffer> }): Promise<boolean> {
  const prf = await keyWithoutNetwork(credential, salt);
  return prf !== null && openLock({ prf });
}

/** She has come back from the card, later than the lock was closed: the server's part opens it. */
export async function openAfterCard(): Promise<boolean> {
  const [closed, viewer] = [await closedAt(), (await ask(ShowLockPart, {})).viewer];
  if (!closed || !viewer?.devices.lockPart) return false;
  return Date.parse(viewer.devices.provedAt) > Date.parse(closed) && openLock({ part: viewer.devices.lockPart });
}
