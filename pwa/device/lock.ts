import { send } from '../data/token.ts';
import { begunIsSafe } from './begun.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { draftsAreSafe } from './drafts.ts';
import { deviceKey, isSealed, KEY, seal, unseal } from './sealing.ts';
import { closedAt, closeIfDue, HIDDEN, LOCK, readLock, SEALED } from './lock-state.ts';
import { isSealedShelf } from './shelves.ts';

export { closedAt, isDue, readLock } from './lock-state.ts';

/**
 * The app's own lock. While it is closed, what is kept here lies under a key that only her passkey gives (PRF), or the
 * server after it has seen her; closing needs no secret: it is sealed to a public key (ECDH P-256, AES-GCM).
 * Until it closes, what is kept lies under this device's own key, as without a lock (sealing.ts).
 */

type Wrap = { iv: BufferSource; data: BufferSource };
/** `prf`: opens without a network; null: this passkey or browser cannot. */
export type Lock = {
  minutes: number;
  publicKey: JsonWebKey;
  prf: (Wrap & { credential: string; salt: Uint8Array<ArrayBuffer> }) | null;
  server: Wrap;
};
type Sealed = Wrap & { at: string; ephemeral: JsonWebKey };
/** What opens a lock. */
export type Opener = { prf: ArrayBuffer } | { part: string };

const SHELVES = ['snapshot', 'drafts', 'outbox', 'receipts'] as const;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };

export const newSalt = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));

/** From now on this device locks itself. `part` is the server's part of the key. */
export async function setLock(
  minutes: number, part: string, prf: { credential: string; salt: Uint8Array<ArrayBuffer>; key: ArrayBuffer } | null,
): Promise<void> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveKey']);
  const secret = encoded(await crypto.subtle.exportKey('jwk', pair.privateKey));
  const lock: Lock = {
    minutes,
    publicKey: await crypto.subtle.exportKey('jwk', pair.publicKey),
    prf: prf && { ...(await wrapped(secret, await keyOf({ prf: prf.key }))), credential: prf.credential, salt: prf.salt },
    server: await wrapped(secret, await keyOf({ part })),
  };
  await (await device()).put('device', lock, LOCK);
  opened();
  tell('device');
}

export async function dropLock(): Promise<void> {
  await (await device()).delete('device', LOCK);
  tell('device');
}

/** Seals what is kept and empties the shelves, so that nothing of hers can be read here until she opens it. */
export async function close(): Promise<void> {
  const lock = await readLock();
  if (!lock || (await closedAt())) return;
  do await Promise.all([draftsAreSafe(), begunIsSafe()]); // her last letters too, which nothing could put there afterwards
  while (!(await sealed(lock)));
  void send('/login/lock', { method: 'POST', keepalive: true }).catch(() => undefined);
  tell('snapshot');
}

/** False: something was written meanwhile, and nothing has been sealed. */
async function sealed(lock: Lock): Promise<boolean> {
  const db = await device();
  const kept = await everything(db.transaction([...SHELVES]));
  const ephemeral = await crypto.subtle.generateKey(CURVE, true, ['deriveKey']);
  const key = await agreed(ephemeral.privateKey, await publicKey(lock.publicKey));
  const record: Sealed = {
    ...(await wrapped(encoded(await inPlain(kept)), key)),
    ephemeral: await crypto.subtle.exportKey('jwk', ephemeral.publicKey),
    at: new Date().toISOString(),
  };
  const change = db.transaction([...SHELVES, 'device'], 'readwrite');
  if (JSON.stringify(await everything(change)) !== JSON.stringify(kept)) return false;
  await change.objectStore('device').put(record, SEALED);
  await change.objectStore('device').delete(KEY);
  await Promise.all(SHELVES.map((shelf) => change.objectStore(shelf).clear()));
  await change.done;
  return true;
}

/** What lies under the device's key goes under the lock's in its stead; the photographs' keys go with it. */
async function inPlain(shelves: Everything): Promise<Everything> {
  const key = await deviceKey();
  const open = (kept: unknown) => (isSealed(kept) ? unseal(kept, key) : kept);
  return Promise.all(shelves.map(async (one) => ({ ...one, values: await Promise.all(one.values.map(open)) })));
}

type Everything = Awaited<ReturnType<typeof everything>>;
type Reading = { objectStore(shelf: (typeof SHELVES)[number]): { getAllKeys(): Promise<string[]>; getAll(): Promise<unknown[]> } };

const everything = (read: Reading) => Promise.all(SHELVES.map(async (shelf) => {
  const [keys, values] = await Promise.all([read.objectStore(shelf).getAllKeys(), read.objectStore(shelf).getAll()]);
  return { shelf, keys, values };
}));

/** Puts everything back. False: `opener` is not the right one. */
export async function openLock(opener: Opener): Promise<boolean> {
  const db = await device();
  const [lock, record] = [await readLock(), (await db.get('device', SEALED)) as Sealed | undefined];
  if (!lock || !record) return true;
  const wrap = 'prf' in opener ? lock.prf : lock.server;
  if (!wrap) return false;
  let shelves: Everything;
  try {
    const secret = decoded(await unwrapped(wrap, await keyOf(opener))) as JsonWebKey;
    const mine = await crypto.subtle.importKey('jwk', secret, CURVE, false, ['deriveKey']);
    shelves = decoded(await unwrapped(record, await agreed(mine, await publicKey(record.ephemeral)))) as typeof shelves;
  } catch {
    return false;
  }
  const own = await deviceKey();
  const back = await Promise.all(shelves.map(async ({ shelf, keys, values }) => ({
    shelf, keys, values: await Promise.all(values.map((one) => (isSealedShelf(shelf) ? seal(one, own) : one))),
  })));
  const change = db.transaction([...SHELVES, 'device'], 'readwrite');
  for (const { shelf, keys, values } of back) {
    keys.forEach((key, index) => void change.objectStore(shelf).put(values[index] as never, key));
  }
  await change.objectStore('device').delete(SEALED);
  await change.done;
  opened();
  tell('snapshot');
  return true;
}

/** Closes when she has looked away, from this tab and the others, for as long as she chose. */
export function watchLock(): void {
  let clock: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    clearTimeout(clock);
    const lock = await readLock();
    if (!lock) return;
    if (document.visibilityState === 'visible') {
      await closeIfDue();
      return opened();
    }
    localStorage.setItem(HIDDEN, String(Date.now()));
    if (lock.minutes === 0) await close();
    else clock = setTimeout(() => void closeIfDue(), lock.minutes * 60_000);
  };
  document.addEventListener('visibilitychange', () => void look());
  addEventListener('pagehide', () => document.visibilityState === 'visible' && localStorage.setItem(HIDDEN, String(Date.now())));
  setInterval(() => document.visibilityState === 'visible' && opened(), 20_000);
}

/** She is looking now. */
const opened = (): void => localStorage.setItem(HIDDEN, String(Date.now()));

async function keyOf(opener: Opener): Promise<CryptoKey> {
  const raw = 'prf' in opener ? opener.prf : new TextEncoder().encode(opener.part);
  const base = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('kurashimado lock');
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }, base, { name: 'AES-GCM', length: 256 }, false,
    ['encrypt', 'decrypt'],
  );
}

const publicKey = (jwk: JsonWebKey): Promise<CryptoKey> => crypto.subtle.importKey('jwk', jwk, CURVE, false, []);

const agreed = (mine: CryptoKey, theirs: CryptoKey): Promise<CryptoKey> =>
  crypto.subtle.deriveKey({ name: 'ECDH', public: theirs }, mine, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

async function wrapped(content: BufferSource, key: CryptoKey): Promise<Wrap> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, content) };
}

const unwrapped = ({ iv, data }: Wrap, key: CryptoKey): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data);

const encoded = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
const decoded = (raw: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(raw));
