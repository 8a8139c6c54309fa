import type { TadaDocumentNode } from 'gql.tada';
import { fetchDocument, NoAnswer } from './ask.ts';

const PATIENCE = 45_000;

/** A subscription over server-sent events: yields each `next`, ends at `complete` or when the server hangs up. */
export async function* stream<R, V>(document: TadaDocumentNode<R, V>, variables: V): AsyncGenerator<R> {
  const response = await fetchDocument(document, variables, 'text/event-stream', AbortSignal.timeout(PATIENCE));
  if (!response.body) throw new NoAnswer('fault');
  for await (const { event, data } of events(response.body)) {
    if (event === 'complete') return;
    if (event !== 'next') continue;
    const envelope = JSON.parse(data) as { data?: R | null };
    if (!envelope.data) throw new NoAnswer('fault');
    yield envelope.data;
  }
}

type SentEvent = { event: string; data: string };

/** The events of a stream (HTML Standard §9.2.6); comments, ids and retry times mean nothing here. */
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
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
  }
  return { event, data: data.join('\n') };
}
