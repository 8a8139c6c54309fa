import type { Text } from './shapes.ts';
import { heard } from './line.ts';
import { send, tokenHeader } from './token.ts';

/** A file sent beside what she writes. Whatever does not come off has a sentence for her, and nothing is kept of it. */

export type Uploaded = { id: string; mediaType: string; size: number; digest: string };
export type NotTaken = { why: string; message: Text; retryAfter: number | null };
export type Outcome = { taken: Uploaded } | { refused: NotTaken };

export const ACCEPTED = 'image/jpeg,image/png,image/webp,application/pdf';
const LARGEST = 10 * 1024 * 1024;
const PATIENCE = 120_000;
const REFRESHED = 403;

const TOO_LARGE: Text = {
  easy: 'ファイルが 大きすぎます。10MBより 小さい ファイルを えらんでください。',
  ja: 'ファイルが大きすぎます。10MB以下のファイルを選んでください。',
  en: 'The file is too large. Please choose one of at most 10 MB.',
};
const UNREACHED: Text = {
  easy: 'ファイルを 送れませんでした。インターネットを たしかめて、もう一度 送ってください。',
  ja: 'ファイルを送信できませんでした。通信状況を確かめて、もう一度お試しください。',
  en: 'The file could not be sent. Please check your connection and try again.',
};

/** Sends `file`; `onPart` hears how much is sent, from 0 to 1. Never rejects but by `signal`. */
export async function upload(file: Blob, onPart: (part: number) => void, signal?: AbortSignal): Promise<Outcome> {
  if (file.size > LARGEST) return { refused: { why: 'too_large', message: TOO_LARGE, retryAfter: null } };
  const first = await sent(file, await tokenHeader(), onPart, signal);
  const fresh = first.status === REFRESHED ? first.getResponseHeader('X-Kurashimado-Token') : null;
  return outcomeOf(fresh ? await sent(file, ['X-Kurashimado-Token', fresh], onPart, signal) : first);
}

/**
 * The same without a page to show how far it is, as a service worker sends it. `key`: the same file under it is one.
 */
export async function uploadQuietly(file: Blob, key: string): Promise<Outcome & { status: number }> {
  const headers = { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': key };
  const init = { method: 'POST', headers, body: file, signal: AbortSignal.timeout(PATIENCE) };
  const answer = await send('/uploads', init).catch(() => null);
  heard(answer !== null);
  const responseText = (await answer?.text().catch(() => '')) ?? '';
  const status = answer?.status ?? 0;
  const told = { status, responseText, getResponseHeader: (name: string) => answer?.headers.get(name) ?? null };
  return { ...outcomeOf(told), status };
}

/** Taken out again before it was handed in; what cannot be told now the server forgets by itself. */
export async function forget(id: string): Promise<void> {
  await send(`/uploads/${id}`, { method: 'DELETE', signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
}

type Answer = Pick<XMLHttpRequest, 'status' | 'responseText' | 'getResponseHeader'>;

/** `fetch` cannot tell how far an upload is. */
function sent(file: Blob, header: [string, string], onPart: (part: number) => void, signal?: AbortSignal): Promise<Answer> {
  return new Promise((done, stopped) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/uploads');
    request.timeout = PATIENCE;
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader(...header);
    request.upload.onprogress = ({ loaded, total }) => onPart(total ? loaded / total : 0);
    request.onload = request.onerror = request.ontimeout = () => done(request);
    request.onabort = () => stopped(signal?.reason);
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

/** What an answer means; no answer at all has the status 0. */
export function outcomeOf(answer: Answer): Outcome {
  const told = parsed(answer.responseText);
  if (answer.status === 201 && told.id) return { taken: told as Uploaded };
  const seconds = Number(answer.getResponseHeader('Retry-After') ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds * 1000 : null;
  const why = told.why ?? (answer.status === 429 ? 'too_often' : answer.status === 413 ? 'too_large' : 'unreached');
  return { refused: { why, message: told.message ?? (why === 'too_large' ? TOO_LARGE : UNREACHED), retryAfter } };
}

function parsed(text: string): Partial<Uploaded & NotTaken> {
  try {
    return JSON.parse(text) as Partial<Uploaded & NotTaken>;
  } catch {
    return {};
  }
}
