import type { TadaDocumentNode } from 'gql.tada';
import { fetchDocument, NoAnswer } from './ask.ts';

const PATIENCE = 45_000;
/** With two seconds before each (bff/closing.py) longer than a server takes to end (`DRAIN_SECONDS`, 10). */
const CUTS = 8;

/**
 * A subscription over server-sent events: yields each `next`, ends at `complete` or when the server hangs up. A server
 * that is about to end says when to ask again: another one is asked then, a few times at most. Cut even so it is not whole,
 * and rejects with NoAnswer, as a full house does.
 */
export async function* stream<R, V>(document: TadaDocumentNode<R, V>, variables: V): AsyncGenerator<R> {
  for (let cut = 1; ; cut++) {
    const again = yield* once(document, variables);
    if (again === null) return;
    if (cut === CUTS) throw new NoAnswer('busy', again);
    await new Promise((wait) => setTimeout(wait, again));
  }
}

/** null: it is whole; else after how many milliseconds it may be asked again. */
async function* once<R, V>(document: TadaDocumentNode<R, V>, variables: V): AsyncGenerator<R, number | null> {
  const response = await fetchDocument(document, variables, 'text/event-stream', AbortSignal.timeout(PATIENCE));
  if (!response.body) throw new NoAnswer('fault');
  let again: number | null = null;
  for await (const { event, data, retry } of events(response.body)) {
    if (event === 'complete') return null;
    if (retry !== undefined) again = retry;
    if (event !== 'next') continue;
    const envelope = JSON.parse(data) as { data?: R | null };
    if (!envelope.data) throw new NoAnswer('fault');
    yield envelope.data;
  }
  return again;
}

type SentEvent = { event: string; data: string; retry?: number };

/** The events of a stream (HTML Standard §9.2.6); comments and ids mean nothing here. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => { throw new NoAnswer('unreachable'); });
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r\n\r\n|\n\n|\r\r/);
      rest = blocks.pop() ?? '';
      yield* blocks.map(eventOf);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function eventOf(block: string): SentEvent {
  let event = 'message';
  let retry: number | undefined;
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
    if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }
  return { event, data: data.join('\n'), ...(retry === undefined ? {} : { retry }) };
}
