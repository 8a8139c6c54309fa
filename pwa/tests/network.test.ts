import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { RefreshHome } from '../data/documents.ts';
import { isOld } from '../data/refresh.ts';
import { pauseAfter } from '../data/send.ts';
import type { Home, MailWishes, Notice, Source } from '../data/shapes.ts';
import { events, stream } from '../data/stream.ts';
import { send } from '../data/token.ts';
import { iosVersion, isIos, mayPush } from '../device/ios.ts';
import { isSilent } from '../device/push-health.ts';
import { understand, ownPath, textOf } from '../service-worker/push-news.ts';

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

test('a server that is about to end says when to ask again, and nothing else is taken for a time', async () => {
  const told = [];
  for await (const event of events(bodyOf('event: next\ndata: 1\n\nretry: 2000\n\nretry: soon\n\n'))) told.push(event);
  assert.deepEqual(told.map((one) => one.retry), [undefined, 2000, undefined]);
});

test('a stream that is cut for as long as a server takes to end goes on at the next, and one that is cut for ever is not taken for whole', async () => {
  const real = globalThis.fetch;
  mock.timers.enable({ apis: ['setTimeout'] });
  const heard = async (cuts: number) => {
    let asked = 0;
    globalThis.fetch = () => Promise.resolve(new Response(bodyOf(asked++ < cuts ? 'retry: 2000\n\n' : 'event: next\ndata: {"data":{}}\n\nevent: complete\ndata:\n\n')));
    const told = (async () => {
      let heardOf = 0;
      for await (const _ of stream(RefreshHome, { since: [], anew: false })) heardOf++;
      return heardOf;
    })();
    let isOver = false;
    void told.catch(() => undefined).then(() => { isOver = true; });
    while (!isOver) {
      mock.timers.tick(2_000);
      await new Promise((done) => setImmediate(done));
    }
    return told;
  };
  try {
    assert.equal(await heard(6), 1);
    await assert.rejects(heard(1_000), { silence: 'busy', retryAfter: 2_000 });
  } finally {
    mock.timers.reset();
    globalThis.fetch = real;
  }
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
  ({ answeredAt: '', today: '2026-11-23', children: [], answers: [], nextQuestions: [], changes: [], bundles: [], sources });

test('home is asked anew when a source was never heard or all are older than ten minutes', () => {
  const now = Date.parse('2026-11-23T09:30:00+09:00');
  assert.equal(isOld(home(told('WAITING', null)), now), true);
  assert.equal(isOld(home(told('KNOWN', '2026-11-23T09:19:00+09:00')), now), true);
  assert.equal(isOld(home(told('KNOWN', '2026-11-23T09:21:00+09:00')), now), false);
});

test('a push is understood in our form and in the declarative one, and a broken one still leads to the inbox', () => {
  const plain = { trial: null, digest: null, body: null, unread: null };
  const ours = understand('{"notice":"n1","sender":"港区","navigate":"/inbox/n1"}');
  assert.deepEqual(ours, { notice: 'n1', revision: 1, sender: '港区', navigate: '/inbox/n1', ...plain });
  const declarative = understand('{"web_push":8030,"app_badge":3,"notification":{"title":"港区","navigate":"/inbox/n2","tag":"n2"}}');
  assert.deepEqual(declarative, { notice: 'n2', revision: 1, sender: null, navigate: '/inbox/n2', ...plain, unread: 3 });
  assert.deepEqual(understand('not json'), { notice: null, revision: 1, sender: null, navigate: '/inbox', ...plain });
  assert.equal(textOf({ data: null }), null, 'an alarm carries nothing');
  const shown = textOf({ data: null, notification: { title: '届きました', tag: 'trial', navigate: '/settings', data: { trial: 't1' } } });
  assert.deepEqual(understand(shown ?? ''), { notice: null, revision: 1, sender: '届きました', navigate: '/settings', ...plain, trial: 't1' });
  const title = '未読のお知らせが3件あります';
  const summary = { notice: null, revision: 1, sender: title, navigate: '/inbox', ...plain, digest: 'd1', body: '港区' };
  const declared = { title, body: '港区', tag: 'digest:d1', navigate: '/inbox', data: { digest: 'd1' } };
  assert.deepEqual(understand(textOf({ data: null, notification: declared }) ?? ''), summary);
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

test('notices that none was announced of say that something is wrong, but not what is new, muted or read before', () => {
  const of = (days: number, topic = 'SCHOOL') =>
    ({ sentAt: new Date(Date.UTC(2026, 10, days)).toISOString(), senderKey: 'ward:131032', topic }) as Notice;
  const [since, now] = ['2026-11-10T00:00:00Z', new Date('2026-11-20T00:00:00Z')];
  const wishes = { mutes: ['topic:tax'] } as unknown as MailWishes;
  assert.equal(isSilent([of(12), of(13)], null, since, now), true);
  assert.equal(isSilent([of(12), of(9)], null, since, now), false);
  assert.equal(isSilent([of(12), of(20)], null, since, now), false);
  assert.equal(isSilent([of(12), of(13, 'TAX')], wishes, since, now), false);
});

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.3 Mobile/15E148 Safari/604.1';
const IPAD = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';

test('an iPhone too old for notifications is known, and an iPad that says it is a Mac', () => {
  assert.deepEqual(iosVersion(IPHONE), [16, 3]);
  assert.deepEqual([[16, 3], [16, 4], [26, 0]].map(([major = 0, minor = 0]) => mayPush([major, minor])), [false, true, true]);
  assert.equal(iosVersion(IPAD), null);
  assert.deepEqual([0, 5].map((maxTouchPoints) => isIos({ userAgent: IPAD, maxTouchPoints })), [false, true]);
  assert.equal(isIos({ userAgent: 'Mozilla/5.0 (Linux; Android 15)', maxTouchPoints: 5 }), false);
});
