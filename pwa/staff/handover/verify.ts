/** Reads a hand-over sheet: a compact JWS (RFC 7515) under ES256, judged by WebCrypto on this device alone. */

/** Name, birth date YYYYMMDD, and codes of what to do, two letters each, run together. */
export type Person = [name: string, born: string, codes: string];
export type Claims = {
  iss: string; aud: string; iat: number; exp: number; jti: string;
  from: string; on: string; all: string; who: Person[];
};
/** A public key as it is published (RFC 7517). */
export type Key = { kid: string; kty: string; crv: string; x: string; y: string };
export type Refused = 'unreadable' | 'unknownKey' | 'seal' | 'life' | 'expired' | 'early' | 'ward' | 'used';
/** The device's clock and the sheet's time differ by less than `CLOCKS`: taken, and told. */
export type Clock = 'ahead' | 'behind';
export type Reading = { claims: Claims; clock?: Clock } | { refused: Refused; claims?: Claims };
/** `now`: seconds since 1970. `used`: numbers of the sheets that this device has read. */
export type Desk = { keys: Key[]; ward: string; now: number; used: ReadonlySet<string> };

/** How far the clocks of two devices may lie apart, in seconds. */
export const CLOCKS = 120;
/** The longest life a sheet may be given, in seconds: as in the house's settings. */
const LONGEST = 120 * 60;
/** A version 40 code at level M holds no more (ISO/IEC 18004). */
const LARGEST = 2331;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** The first thing that is wrong, in the order in which an official can do something about it. */
export async function read(text: string, desk: Desk): Promise<Reading> {
  const parts = text.length > 4 * LARGEST ? [] : asTyped(text).split('.');
  const header = parts.length === 3 ? json(parts[0]) : null;
  const claims = parts.length === 3 ? json(parts[1]) : null;
  const signature = parts.length === 3 ? bytes(parts[2] ?? '') : null;
  if (!isHeader(header) || !isClaims(claims) || signature?.length !== 64) return { refused: 'unreadable' };
  const key = desk.keys.find((one) => one.kid === header.kid);
  if (!key) return { refused: 'unknownKey' };
  if (!(await holds(key, `${parts[0]}.${parts[1]}`, signature))) return { refused: 'seal' };
  const refused = judge(claims, desk);
  if (refused) return { refused, claims };
  const clock = claims.iat > desk.now ? 'behind' : claims.exp <= desk.now ? 'ahead' : null;
  return clock ? { claims, clock } : { claims };
}

function judge(claims: Claims, { now, ward, used }: Desk): Refused | null {
  if (claims.exp <= claims.iat || claims.exp - claims.iat > LONGEST) return 'life';
  if (claims.exp + CLOCKS <= now) return 'expired';
  if (claims.iat > now + CLOCKS) return 'early';
  if (claims.aud !== ward) return 'ward';
  return used.has(claims.jti) ? 'used' : null;
}

/** A barcode reader types like a keyboard: an input method may have widened the letters and broken the line. */
export const asTyped = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

async function holds(key: Key, signed: string, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const { kty, crv, x, y } = key;
    const known = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, ALGORITHM, false, ['verify']);
    return await crypto.subtle.verify(ALGORITHM, known, signature, new TextEncoder().encode(signed));
  } catch {
    return false;
  }
}

function bytes(part: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null;
  try {
    return Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function json(part: string | undefined): unknown {
  const raw = bytes(part ?? '');
  try {
    return raw && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return null;
  }
}

type Header = { alg: 'ES256'; typ: 'handover'; kid: string };

/** No other algorithm and no other kind of token; `crit` would ask for something we do not know (RFC 7515 4.1.11). */
const isHeader = (value: unknown): value is Header =>
  isRecord(value) && value.alg === 'ES256' && value.typ === 'handover' && typeof value.kid === 'string' && !('crit' in value);

const isClaims = (value: unknown): value is Claims =>
  isRecord(value)
  && ['iss', 'aud', 'jti', 'from', 'on', 'all'].every((name) => typeof value[name] === 'string')
  && Number.isSafeInteger(value.iat) && Number.isSafeInteger(value.exp)
  && Array.isArray(value.who) && value.who.every(isPerson);

const isPerson = (value: unknown): value is Person =>
  Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'string');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
