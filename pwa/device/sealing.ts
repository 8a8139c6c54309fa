import { device } from './database.ts';

/**
 * What she has written, and what the server told her, lies on this device under a key (AES-GCM) that no script can take out
 * of the browser, and that is gone with everything else at logout. What an earlier version of the app left open is read as it is and sealed at the
 * next writing of it, or when the app starts.
 */

/** `key`: which key it lies under. `iv`: new with every writing, so it tells one writing from another. */
export type Sealed = { key: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };
export type Key = { id: string; key: CryptoKey };

export const KEY = 'key';

export const isSealed = (kept: unknown): kept is Sealed =>
  typeof kept === 'object' && kept !== null && 'iv' in kept && 'data' in kept && 'key' in kept;

export const newKey = async (): Promise<Key> => ({
  id: crypto.randomUUID(),
  key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
});

export async function seal(value: unknown, { id, key }: Key): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  return { key: id, iv, data };
}

/** Rejects when it is another's, or was changed by another hand than ours. */
export async function unseal<T>({ iv, data }: Sealed, { key }: Key): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data))) as T;
}

/** This device's key, made when there is none yet; of two tabs that make one, the first has made it. */
export async function deviceKey(): Promise<Key> {
  const db = await device();
  const kept = (await db.get('device', KEY)) as Key | undefined;
  if (kept) return kept;
  const made = await newKey();
  const write = db.transaction('device', 'readwrite');
  const first = (await write.store.get(KEY)) as Key | undefined;
  if (!first) await write.store.put(made, KEY);
  await write.done;
  return first ?? made;
}
