import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, packOf } from '../data/emergency.ts';
import { unpack, type PackedWard } from '../data/facilities.ts';
import { readLine } from '../data/line.ts';
import { linkIn } from '../data/scan.ts';
import { browserOf, insideOf, outsideOfLine, permitKey } from '../device/browsers.ts';
import { isFull, withRoom } from '../device/room.ts';
import { unfitFile } from '../device/shared.ts';
import { isHersAlone } from '../device/shelves.ts';
import { stamped, upgraded, versionOf } from '../device/versions.ts';
import { dialled } from '../screens/emergency/dialled.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });

/** As the first release wrote them (7bf901e), before papers, signatures and what is held back. */
const FIRST_FORM = {
  procedure: 'child_allowance_claim', version: '1', title: words('児童手当'), intro: words(''), submitTo: words('港区'),
  sections: [{ id: 'one', title: words('一'), fields: [{ id: 'phone', kind: 'TEXT', label: words('電話'), required: true, choices: [] }] }],
};
const FIRST_DRAFT = { step: 'child_allowance_claim', form: FIRST_FORM, answers: { phone: '090-1111-1111' }, savedAt: '2026-01-01T00:00:00Z', refused: [], changed: { added: ['a'], removed: [] } };
const FIRST_ITEM = {
  id: 'i', madeAt: '2026-01-01T00:00:00Z', outcome: { state: 'waiting' }, tries: 2, notBefore: 5, needsSignIn: true,
  wish: { kind: 'submit', step: 's', title: words('児童手当'), form: FIRST_FORM, answers: { phone: '090-2222-2222' }, completedAt: '2026-01-01T00:00:00Z' },
};

test('a draft and what waits to be sent are read by this app as the first release wrote them, and nothing of hers is lost', () => {
  const draft = upgraded('drafts', FIRST_DRAFT);
  assert.deepEqual([draft?.['answers'], draft?.['changed'], draft?.['papers']], [FIRST_DRAFT.answers, FIRST_DRAFT.changed, []]);
  const { papers, heldBack, signing, sections } = draft?.['form'] as Record<string, unknown> & { sections: { fields: Record<string, unknown>[] }[] };
  assert.deepEqual([papers, heldBack, signing], [[], [], 'NONE']);
  assert.deepEqual([sections[0]?.fields[0]?.['masked'], sections[0]?.fields[0]?.['label']], [false, words('電話')]);
  const item = upgraded('outbox', FIRST_ITEM) as typeof FIRST_ITEM & { needsProof: null; wish: { papers: unknown[] } };
  assert.deepEqual([item.id, item.tries, item.needsSignIn, item.needsProof, item.wish.papers], ['i', 2, true, null, []]);
  assert.deepEqual(item.wish.answers, { phone: '090-2222-2222' });
  const notice = { ...FIRST_ITEM, wish: { kind: 'open', notice: 'n' } };
  assert.deepEqual(upgraded('outbox', notice)?.['wish'], { kind: 'open', notice: 'n' });
});

test('what this app writes it reads again unchanged, and what a newer one wrote is left for that one', () => {
  const now = { ...FIRST_DRAFT, papers: [{ id: 'p' }] };
  assert.deepEqual(upgraded('drafts', stamped('drafts', now)), now);
  assert.equal(upgraded('drafts', { ...now, v: versionOf('drafts') + 1 }), null);
  assert.equal(upgraded('outbox', { ...FIRST_ITEM, v: 'odd' }), null);
});

const full = () => new DOMException('there is no room', 'QuotaExceededError');

test('where there is no room, public things go first, then files, and it stops as soon as there is', async () => {
  const gone: string[] = [];
  const free = (name: string) => async () => void gone.push(name);
  let tries = 0;
  assert.equal(await withRoom(async () => { if (++tries < 3) throw full(); return 'kept'; }, [free('public'), free('files'), free('copies')]), 'kept');
  assert.deepEqual(gone, ['public', 'files']);
  assert.equal(readLine().full, false);
  await assert.rejects(withRoom(() => Promise.reject(full()), [free('all')]), { name: 'QuotaExceededError' });
  assert.equal(readLine().full, true, 'and she is told');
  await assert.rejects(withRoom(() => Promise.reject(new TypeError('a defect')), [free('never')]), TypeError);
  assert.deepEqual(gone, ['public', 'files', 'all']);
  assert.deepEqual([isFull(full()), isFull(new Error('Disk full')), isFull(new Error('broken')), isFull(null)], [true, true, false, false]);
  assert.deepEqual(['own-things', 'own-places', 'home'].map(isHersAlone), [true, true, false]);
});

const UA = {
  line: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.10.0',
  instagram: 'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Version/4.0 Chrome/126.0 Mobile Safari/537.36 Instagram 337.0.0.35.102 Android',
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  chromeOnIphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
  samsung: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36',
  fenix: 'Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
};
const told = (userAgent: string, maxTouchPoints = 0) => ({ userAgent, maxTouchPoints });

test('the way onto the home screen is that of her browser, and a browser inside another program is known', () => {
  const all = Object.entries(UA).map(([name, userAgent]) => [name, browserOf(told(userAgent))]);
  assert.deepEqual(Object.fromEntries(all), {
    line: 'inApp', instagram: 'inApp', iphone: 'ios', chromeOnIphone: 'iosOther', android: 'chrome', samsung: 'samsung',
    fenix: 'firefox', firefox: 'none', edge: 'desktop', mac: 'mac',
  });
  assert.equal(browserOf(told(UA.mac, 5)), 'ios', 'an iPad says it is a Mac');
  assert.deepEqual([insideOf(UA.line), insideOf(UA.instagram), insideOf(UA.iphone)], ['LINE', 'Instagram', null]);
  assert.equal(outsideOfLine('https://a.example/install?x=1'), 'https://a.example/install?x=1&openExternalBrowser=1');
  assert.deepEqual([permitKey(told(UA.android), true), permitKey(told(UA.android), false), permitKey(told(UA.firefox), false), permitKey(told(UA.iphone), true)], ['installed', 'chrome', 'firefox', 'ios']);
});

test('only our own addresses are opened from a code or a shared text, and what stands after # goes with them', () => {
  const at = (content: string) => linkIn(content, 'https://kurashi.example');
  assert.equal(at('https://kurashi.example/copy#abc'), '/copy#abc');
  assert.equal(at('見てください https://kurashi.example/inbox/1?x=2'), '/inbox/1?x=2');
  for (const other of ['https://evil.example/copy#abc', 'https://kurashi.example.evil.example/', 'https://kurashi.example/login/out', 'javascript:alert(1)', 'WIFI:S:x;;', '']) assert.equal(at(other), null, other);
});

test('of what is shared a picture or PDF that is not too large is taken, else it is said by name', () => {
  const file = (type: string, size = 1000) => unfitFile({ type, size, name: 'a' })?.why ?? 'taken';
  assert.deepEqual(['image/jpeg', 'application/pdf', 'image/heic', 'text/html'].map((type) => file(type)), ['taken', 'taken', 'kind', 'kind']);
  assert.equal(file('image/png', 11 * 1024 * 1024), 'large');
  assert.deepEqual(['03-1234-5678', '０９０ー１２３４ー５６７８', '+81 90 1234 5678', 'はは', '12'].map(dialled), ['0312345678', '09012345678', '+819012345678', null, null]);
});

test('the pack holds shelters and offices alone, near ones first where her home is known', () => {
  const row = (id: string, kind: string, name: string, address: string, lat: number, lon: number): unknown[] =>
    [id, 0, kind, name, '', '', '', address, lat, lon, '03-0000-0000', '', 0, '', '', '', null, null, 300, [], [], 8, 0, 0, '', '', ''];
  const file = { shape: 1, ward: '131032', place: [35.658, 139.751], sets: [{ name: '指定緊急避難場所一覧', asOf: '2026-11-01', publishedAt: null, source: '' }], rows: [
    row('1', 'shelter', '芝公園', '東京都港区芝公園四丁目1', 35.655, 139.748), row('2', 'shelter', '三田小学校', '東京都港区三田五丁目8', 35.645, 139.738),
    row('3', 'counter', '港区役所', '東京都港区芝公園一丁目5', 35.658, 139.751), row('4', 'clinic', '医院', '東京都港区三田五丁目9', 35.645, 139.737),
  ] } as unknown as PackedWard;
  const pack = packOf(unpack(file, '2026-11-27T00:00:00Z'), words('港区'));
  assert.deepEqual([pack.shelters.map(({ name }) => name), pack.offices.map(({ name }) => name), pack.asOf, pack.near], [['芝公園', '三田小学校'], ['港区役所'], '2026-11-01', []]);
  const near = nearest(pack, '東京都港区三田5丁目8番21号');
  assert.deepEqual(near.map(({ shelter }) => shelter.name), ['三田小学校', '芝公園']);
  assert.ok(near[0]?.km !== null && (near[0]?.km ?? 9) < 0.5);
  assert.ok(nearest(pack, '').every(({ km }) => km === null));
});
