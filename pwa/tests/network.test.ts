import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOld } from '../data/refresh.ts';
import { pauseAfter } from '../data/send.ts';
import type { Home, Source } from '../data/shapes.ts';
import { events } from '../data/stream.ts';
import { send } from '../data/token.ts';
import { understand, ownPath } from '../service-worker/push-news.ts';

const words = { ja: '港区', easy: '港区', en: 'Minato' };

function bodyOf(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(line) {
      pieces.forEach((piece) => line.enqueue(new TextEncoder().encode(piece)));
      line.close();
    },
  });
}

test('events are read whole however the network cuts them', async () => {
  const told = [];
  const body = bodyOf(': hello\n\neve', 'nt: next\ndata: {"a"', ':1}\n', '\nevent: complete\ndata:\n\n');
  for await (const event of events(body)) told.push(event);
  assert.deepEqual(told.slice(1), [{ event: 'next', data: '{"a":1}' }, { event: 'complete', data: '' }]);
});

test('each further try waits twice as long, at most five minutes, with chance in it', () => {
  assert.equal(pauseAfter(0, 1), 2_000);
  assert.equal(pauseAfter(3, 0), 8_000);
  assert.equal(pauseAfter(40, 1), 300_000);
});

const told = (state: Source['state'], asOf: string | null): Source =>
  ({
    id: 'registry', name: words, operator: 'WARD', state, asOf, silentSince: null, why: null, correction: words,
    shut: null, outage: null,
  });
const home = (...sources: Source[]): Home =>
  ({ answeredAt: '', today: '2026-11-23', answers: [], nextQuestions: [], changes: [], bundles: [], sources });

test('home is asked anew when a source was never heard or all are older than ten minutes', () => {
  const now = Date.parse('2026-11-23T09:30:00+09:00');
  assert.equal(isOld(home(told('WAITING', null)), now), true);
  assert.equal(isOld(home(told('KNOWN', '2026-11-23T09:19:00+09:00')), now), true);
  assert.equal(isOld(home(told('KNOWN', '2026-11-23T09:21:00+09:00')), now), false);
});

test('a push is understood in our form and in the declarative one, and a broken one still leads to the inbox', () => {
  const ours = understand('{"notice":"n1","sender":"港区","navigate":"/inbox/n1"}');
  assert.deepEqual(ours, { notice: 'n1', sender: '港区', navigate: '/inbox/n1' });
  const declarative = understand('{"web_push":8030,"notification":{"title":"港区","navigate":"/inbox/n2","tag":"n2"}}');
  assert.deepEqual(declarative, { notice: 'n2', sender: null, navigate: '/inbox/n2' });
  assert.deepEqual(understand('not json'), { notice: null, sender: null, navigate: '/inbox' });
});

test('a push leads nowhere but into this app', () => {
  assert.equal(ownPath('https://evil.example/inbox', 'https://kurashimado.example'), '/inbox');
  assert.equal(ownPath('//evil.example/', 'https://kurashimado.example'), '/inbox');
  assert.equal(ownPath('/inbox/n1', 'https://kurashimado.example'), '/inbox/n1');
});

test('a page older than its session is told the new token and sends once more, and only once', async () => {
  const sent: (string | undefined)[] = [];
  const real = globalThis.fetch;
  globalThis.fetch = (_path, init) => {
    sent.push((init?.headers as Record<string, string>)['X-Kurashimado-Token']);
    const fresh = { status: 403, headers: { 'X-Kurashimado-Token': 'fresh' } };
    return Promise.resolve(new Response('{}', sent.length > 2 ? { status: 200 } : fresh));
  };
  assert.equal((await send('/graphql', { method: 'POST' })).status, 403);
  assert.equal((await send('/graphql', { method: 'POST' })).status, 200);
  globalThis.fetch = real;
  assert.deepEqual(sent, ['', 'fresh', 'fresh']);
});
