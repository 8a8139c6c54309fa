import type { TadaDocumentNode } from 'gql.tada';
import { heard } from './line.ts';
import { send } from './token.ts';

/** unreachable: no network or no answer in time. busy: come back later. fault: an answer that says nothing. */
export type Silence = 'unreachable' | 'busy' | 'fault';

export class NoAnswer extends Error {
  readonly silence: Silence;
  /** Milliseconds the server asked us to wait; null: it did not say. */
  readonly retryAfter: number | null;
  constructor(silence: Silence, retryAfter: number | null = null) {
    super(silence);
    this.silence = silence;
    this.retryAfter = retryAfter;
  }
}

const PATIENCE = 15_000;
type Envelope<R> = { data?: R | null; errors?: unknown[] };

/** Sends one known document. Rejects with NoAnswer only; an expected refusal is part of the result. */
export async function ask<R, V>(document: TadaDocumentNode<R, V>, variables: V): Promise<R> {
  const response = await fetchDocument(document, variables, 'application/json', AbortSignal.timeout(PATIENCE));
  const envelope = (await response.json().catch(() => ({}))) as Envelope<R>;
  if (!envelope.data || envelope.errors?.length) throw new NoAnswer('fault');
  return envelope.data;
}

/** The one place that speaks to /graphql. A built document is its hash, whatever its type says. */
export async function fetchDocument<R, V>(
  document: TadaDocumentNode<R, V>, variables: V, accept: string, signal: AbortSignal,
): Promise<Response> {
  const response = await send('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: JSON.stringify({ id: document as unknown as string, variables }),
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  }).catch(() => null);
  heard(response !== null);
  if (!response) throw new NoAnswer('unreachable');
  if (response.ok) return response;
  throw new NoAnswer(response.status === 429 || response.status >= 500 ? 'busy' : 'fault', pause(response));
}

/** Retry-After (RFC 9110 §10.2.3) in milliseconds: seconds or a date. */
export function pause(response: Response): number | null {
  const value = response.headers.get('Retry-After');
  if (!value) return null;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
