import type { TadaDocumentNode } from 'gql.tada';
import { languageAsked } from '../device/language-keeping.ts';
import { changeLine, heard, readLine } from './line.ts';
import { NoAnswer } from './no-answer.ts';
import { send } from './token.ts';

export { NoAnswer, type Silence } from './no-answer.ts';

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
    headers: { 'Content-Type': 'application/json', Accept: accept, 'X-Kurashimado-Language': await languageAsked().catch(() => 'ja') },
    body: JSON.stringify({ id: document as unknown as string, variables }),
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  }).catch(() => null);
  heard(response !== null);
  if (!response) throw new NoAnswer('unreachable');
  if (response.ok) {
    if (readLine().outdated) changeLine({ outdated: false });
    return response;
  }
  if (response.status === 400 && (await isUnknown(response))) {
    changeLine({ outdated: true });
    throw new NoAnswer('outdated');
  }
  throw new NoAnswer(response.status === 429 || response.status >= 500 ? 'busy' : 'fault', pause(response));
}

/** As bff/graphql/documents.py names it: a document of another release. */
async function isUnknown(response: Response): Promise<boolean> {
  const told = (await response.json().catch(() => null)) as { errors?: { extensions?: { code?: string } }[] } | null;
  return told?.errors?.[0]?.extensions?.code === 'UNKNOWN_DOCUMENT';
}

/** Retry-After (RFC 9110 §10.2.3) in milliseconds: seconds or a date. */
export function pause(response: Response): number | null {
  const value = response.headers.get('Retry-After');
  if (!value) return null;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
