import { encode } from 'uqr';
import { readDrafts, saveDraft, type Draft } from '../device/drafts.ts';
import { keepPaper, readPaper, type Paper } from '../device/papers.ts';
import { stamped, upgraded } from '../device/versions.ts';
import { merged } from './merging.ts';
import type { Text } from './shapes.ts';
import { send } from './token.ts';

/**
 * A draft goes from one of her phones to another: sealed here under a key made of a code that she carries over by eye
 * or by hand. The house keeps the sealed bytes for minutes, gives them once, to her alone, and cannot open them.
 */

/** Without letters that look like others (Crockford's base 32); 100 bits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;
const PATIENCE = 60_000;
const AES = 'AES-GCM';

export type Offered = { code: string; until: string };
/** `silent`: nobody was heard. `newer`: the other phone has a newer app. */
export type CarryTrouble = Text | 'silent' | 'code' | 'broken' | 'newer';

export const newCode = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => LETTERS[byte % LETTERS.length]).join('');

/** As it is shown: in fives. */
export const inFives = (code: string): string => code.replace(/(.{5})(?=.)/g, '$1-');

/** As it was typed, with the letters that are easily taken for others; null: it is no code. */
export function codeIn(typed: string): string | null {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return plain.length === LENGTH && [...plain].every((letter) => LETTERS.includes(letter)) ? plain : null;
}

/** What a code is called at the house, and the key it makes; neither tells the other or the code. */
export async function keysOf(code: string): Promise<{ name: string; key: CryptoKey }> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'HKDF', false, ['deriveBits', 'deriveKey']);
  const how = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: new TextEncoder().encode(info) });
  const name = new Uint8Array(await crypto.subtle.deriveBits(how('kurashimado carry name'), base, 256));
  const key = await crypto.subtle.deriveKey(how('kurashimado carry key'), base, { name: AES, length: 256 }, false, ['encrypt', 'decrypt']);
  return { name: [...name].map((byte) => byte.toString(16).padStart(2, '0')).join(''), key };
}

type Packed = Omit<Draft, 'papers' | 'signing'> & { papers: Omit<Paper, 'key'>[] };

/** The draft and its photographs in one row of bytes: how long the first part is, then the parts. */
export async function packed(draft: Draft, files: readonly Blob[]): Promise<ArrayBuffer> {
  const { signing: _, papers = [], ...rest } = draft;
  const told: Packed = { ...stamped('drafts', rest), papers: papers.map(({ key: __, ...paper }, at) => ({ ...paper, size: files[at]?.size ?? 0 })) };
  const head = new TextEncoder().encode(JSON.stringify(told));
  const length = new Uint8Array(new Uint32Array([head.length]).buffer);
  return new Blob([length, head, ...files]).arrayBuffer();
}

export function unpacked(bytes: ArrayBuffer): { draft: Packed; files: Blob[] } {
  const [length = 0] = new Uint32Array(bytes.slice(0, 4));
  const draft = JSON.parse(new TextDecoder().decode(bytes.slice(4, 4 + length))) as Packed;
  let at = 4 + length;
  const files = draft.papers.map(({ size, mediaType }) => new Blob([bytes.slice(at, (at += size))], { type: mediaType }));
  return { draft, files };
}

/** Lays the draft down, sealed, for ten minutes. */
export async function offerDraft(draft: Draft): Promise<Offered | { trouble: CarryTrouble }> {
  const papers = draft.papers ?? [];
  const found = await Promise.all(papers.map((paper) => readPaper(paper).catch(() => null)));
  const there = papers.filter((_, at) => found[at]);
  const code = newCode();
  const { name, key } = await keysOf(code);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const content = await packed({ ...draft, papers: there }, found.filter((one) => one !== null));
  const sealed = new Blob([iv, await crypto.subtle.encrypt({ name: AES, iv }, key, content)]);
  const answer = await asked('/drafts/carried', name, sealed);
  if ('trouble' in answer) return answer;
  const { keptUntil } = (await answer.json()) as { keptUntil: string };
  return { code, until: keptUntil };
}

/** Takes it here, once; laid over a draft of the same form that lies here already. The step it belongs to, else why not. */
export async function takeDraft(typed: string): Promise<{ step: string } | { trouble: CarryTrouble }> {
  const code = codeIn(typed);
  if (!code) return { trouble: 'code' };
  const { name, key } = await keysOf(code);
  const answer = await asked('/drafts/carried/taken', name, null);
  if ('trouble' in answer) return answer;
  const bytes = await answer.arrayBuffer();
  const opened = await crypto.subtle.decrypt({ name: AES, iv: bytes.slice(0, 12) }, key, bytes.slice(12)).catch(() => null);
  if (!opened) return { trouble: 'broken' };
  const found = unpacked(opened);
  const draft = upgraded('drafts', found.draft) as Packed | null;
  if (!draft) return { trouble: 'newer' };
  const { files } = found;
  const papers = await Promise.all(files.map(async (file, at): Promise<Paper> => {
    const { upload, digest, paper = '' } = draft.papers[at] ?? {};
    return { ...(await keepPaper(paper, file)), ...(upload && digest ? { upload, digest } : {}) };
  }));
  const mine = (await readDrafts()).find(({ step }) => step === draft.step) ?? null;
  await saveDraft({ ...merged(mine, { ...draft, papers }), savedAt: new Date().toISOString() });
  return { step: draft.step };
}

async function asked(path: string, name: string, body: Blob | null): Promise<Response | { trouble: CarryTrouble }> {
  const headers = { 'Content-Type': 'application/octet-stream', 'X-Draft-Name': name };
  const answer = await send(path, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (!answer) return { trouble: 'silent' };
  if (answer.ok) return answer;
  const told = (await answer.json().catch(() => ({}))) as { message?: Text };
  return { trouble: told.message ?? 'silent' };
}

/** The square that her other phone's camera opens, as a path of unit squares; what stands after # reaches no server. */
export function squareOf(code: string): { path: string; size: number } {
  const { data, size } = encode(`${location.origin}/carry#${code}`, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x},${y}h1v1h-1z`] : []))).join('');
  return { path, size };
}
