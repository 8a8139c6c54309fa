import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed, named } from '../staff/handover/show.ts';
import { asTyped, read, type Claims, type Desk, type Key, type Reading } from '../staff/handover/verify.ts';

const NOW = 1797562800;
const SETAGAYA = '131121';
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const claims: Claims = {
  iss: 'https://kurashimado.example', aud: SETAGAYA, iat: NOW - 60, exp: NOW + 1740, jti: 'Zm9yIG9uY2U',
  from: '131032', on: '20261218', all: 'JUCL', who: [['佐藤 はな', '19900502', 'MCSC']],
};
const packed = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const written = (value: unknown): string => packed(new TextEncoder().encode(JSON.stringify(value)));

/** A signer of its own, as another programme would write it. */
async function signer(kid = 'k1') {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const key = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid } as Key;
  const sign = async (body: unknown = claims, header: object = { alg: 'ES256', kid, typ: 'handover' }) => {
    const signed = `${written(header)}.${written(body)}`;
    const seal = await crypto.subtle.sign({ ...CURVE, hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(signed));
    return `${signed}.${packed(new Uint8Array(seal))}`;
  };
  return { key, sign };
}
const desk = (keys: Key[], more: Partial<Desk> = {}): Desk => ({ keys, ward: SETAGAYA, now: NOW, used: new Set(), ...more });
const why = (reading: Reading) => ('refused' in reading ? reading.refused : 'read');

test('a counter in Setagaya reads a sheet for Setagaya', async () => {
  const { key, sign } = await signer();
  const reading = await read(await sign(), desk([key]));
  assert.deepEqual(reading, { claims });
});

test('it refuses what has expired, is for another ward, was read before, or comes from a clock far ahead', async () => {
  const { key, sign } = await signer();
  const token = await sign();
  assert.equal(why(await read(token, desk([key], { now: NOW + 1860 }))), 'expired');
  assert.equal(why(await read(token, desk([key], { now: NOW + 1739 }))), 'read');
  assert.equal(why(await read(token, desk([key], { ward: '131041' }))), 'ward');
  assert.equal(why(await read(token, desk([key], { used: new Set([claims.jti]) }))), 'used');
  assert.equal(why(await read(token, desk([key], { now: NOW - 3600 }))), 'early');
});

test('one changed letter of what is signed, or of the seal, is refused', async () => {
  const { key, sign } = await signer();
  const token = await sign();
  const [head = '', body = '', seal = ''] = token.split('.');
  const other = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  for (let at = 0; at < seal.length - 1; at += 5) {
    assert.equal(why(await read(`${head}.${body}.${other(seal, at)}`, desk([key]))), 'seal', `seal ${at}`);
  }
  const older = written({ ...claims, who: [['佐藤 はな', '19800502', 'MCSC']] });
  assert.equal(why(await read(`${head}.${older}.${seal}`, desk([key]))), 'seal');
});

test('another signer is not believed, under its own name or under ours', async () => {
  const ours = await signer();
  const stranger = await signer('k2');
  assert.equal(why(await read(await stranger.sign(), desk([ours.key]))), 'unknownKey');
  assert.equal(why(await read(await stranger.sign(claims, { alg: 'ES256', kid: 'k1', typ: 'handover' }), desk([ours.key]))), 'seal');
});

test('no other algorithm, kind of token or demand is taken', async () => {
  const { key, sign } = await signer();
  const headers = [
    { alg: 'none', kid: 'k1', typ: 'handover' }, { alg: 'HS256', kid: 'k1', typ: 'handover' },
    { alg: 'ES256', kid: 'k1', typ: 'JWT' }, { alg: 'ES256', kid: 'k1', typ: 'handover', crit: ['b64'] }, { alg: 'ES256', typ: 'handover' },
  ];
  for (const header of headers) assert.equal(why(await read(await sign(claims, header), desk([key]))), 'unreadable');
});

test('what is no sheet is unreadable and breaks nothing', async () => {
  const { key, sign } = await signer();
  const token = await sign();
  const bodies = [null, [], 'x', { ...claims, who: 'all' }, { ...claims, exp: '9' }, { ...claims, who: [['佐藤']] }];
  const wrong = ['', 'hello', 'a.b.c', '...', `${token}.x`, token.slice(0, -3), await Promise.all(bodies.map((body) => sign(body)))].flat();
  for (const text of wrong) assert.equal(why(await read(text, desk([key]))), 'unreadable', text.slice(0, 40));
});

test('a barcode reader under a Japanese input method is understood', async () => {
  const { key, sign } = await signer();
  const token = await sign();
  const wide = [...token].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('');
  assert.equal(asTyped(`${wide}\r\n`), token);
  assert.equal(why(await read(`${wide.slice(0, 50)}\n${wide.slice(50)}\n`, desk([key]))), 'read');
});

test('codes are told in words, and one this device does not know yet as it is', () => {
  assert.deepEqual(named('MCXX', { wards: {}, items: { MC: 'マイナンバーカード' } }), ['マイナンバーカード', 'XX']);
});

test('somebody for whom nothing is certain is not an empty line', () => {
  const words = { wards: {}, items: { JU: '住民票' } };
  assert.equal(listed('JU', words), '住民票');
  assert.match(listed('', words), /記載なし/);
});

test('a clock that is off by less than two minutes is told of, and one that is off by more refuses', async () => {
  const { key, sign } = await signer();
  const at = async (now: number) => {
    const reading = await read(await sign(), desk([key], { now }));
    return 'refused' in reading ? reading.refused : (reading.clock ?? 'right');
  };
  const [made, ends] = [claims.iat, claims.exp];
  assert.deepEqual(await Promise.all([made - 121, made - 120, made - 1, made, ends - 1, ends, ends + 119, ends + 120].map(at)),
    ['early', 'behind', 'behind', 'right', 'right', 'ahead', 'ahead', 'expired']);
});

test('no sheet lives longer than two hours, whoever signed it, and none ends before it begins', async () => {
  const { key, sign } = await signer();
  const lives = async (seconds: number) => why(await read(await sign({ ...claims, exp: claims.iat + seconds }), desk([key])));
  assert.deepEqual(await Promise.all([7200, 7201, 10 ** 12, 0, -60].map(lives)), ['read', 'life', 'life', 'life', 'life']);
});

test('a sheet cut off anywhere, or far longer than a code can hold, is no sheet', async () => {
  const { key, sign } = await signer();
  const token = await sign();
  for (let length = 0; length < token.length; length += 7) {
    assert.notEqual(why(await read(token.slice(0, length), desk([key]))), 'read', String(length));
  }
  assert.equal(why(await read(token + 'A'.repeat(1_000_000), desk([key]))), 'unreadable');
});

test('the same sheet under the other half of its signature is the same sheet', async () => {
  const { key, sign } = await signer();
  const token = await sign();
  const [head, body, seal = ''] = token.split('.');
  const raw = Buffer.from(seal, 'base64url');
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const half = (order - BigInt(`0x${raw.subarray(32).toString('hex')}`)).toString(16).padStart(64, '0');
  const twin = `${head}.${body}.${Buffer.concat([raw.subarray(0, 32), Buffer.from(half, 'hex')]).toString('base64url')}`;
  assert.notEqual(twin, token);
  assert.equal(why(await read(twin, desk([key], { used: new Set([claims.jti]) }))), 'used');
});
