import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsToRead, voiceFor } from '../data/mail/aloud.ts';
import { changesBetween } from '../data/mail/changes.ts';
import { ALL, filterFrom, found, grouped, pathOf, sendersOf, type Filter } from '../data/mail/finding.ts';
import { asked } from '../data/mail/older.ts';
import { childrenOf, isToDo, isUnread, lastDayOf, type Child } from '../data/mail/letter.ts';
import { asOfNow, changedBy, leftOf, sorted, undoOf, withWaiting, type SortAct } from '../data/mail/sorting.ts';
import type { Json } from '../data/graphql.ts';
import type { Language, Notice } from '../data/shapes.ts';
import type { OutboxItem, Wish } from '../device/outbox.ts';
import { headline } from '../screens/inbox/headline.ts';
import { learn, sayIn } from '../text/speak.ts';

const NOW = new Date('2026-10-01T08:00:00+09:00');
const words = (ja: string, easy = ja, en = ja) => ({ ja, easy, en });
const HANAKO: Child = { key: 'k1', id: '1', name: '佐藤 はなこ' };
const KEN: Child = { key: 'k2', id: '2', name: '佐藤 けん' };
const notice = (id: string, more: Partial<Notice> = {}): Notice => ({
  id, kind: 'INFORMATION', sentAt: '2026-09-30T09:00:00+09:00', openedAt: null, confirmedAt: null, answeredAt: null, archivedAt: null,
  unreadAt: null, actBy: null, about: null, senderKey: 'ward:131032', topic: 'other', children: [], revision: 1, recalledAt: null,
  lapsesAt: null, asks: null, sender: words('港区'), title: words(id), body: words(''), attachments: [], ...more,
});
const asking = (kind: string, until: string | null = null): { asks: Json } => ({ asks: { kind, until, questions: [], one_is_enough: false } });
const ids = (notices: readonly Notice[]) => notices.map(({ id }) => id);

for (const language of ['ja', 'easy', 'en'] as const) await learn(language);
const lineOf = (one: Notice, language: Language = 'ja') =>
  headline(one, [HANAKO, KEN], { language, say: (key, filling) => sayIn(language, key, filling) }, NOW);

test('the title says for which child, by when, and what to do', () => {
  const consent = notice('遠足', { children: ['k1'], ...asking('consent', '2026-10-03') });
  assert.equal(lineOf(consent), 'はなこさん・10/3まで・同意が必要');
  assert.equal(lineOf(consent, 'en'), 'はなこ · by 3 Oct · consent needed');
  assert.equal(lineOf({ ...consent, children: ['k1', 'k2'] }), 'はなこさん・けんさん・10/3まで・同意が必要');
  assert.equal(lineOf({ ...consent, answeredAt: '2026-10-01T00:00:00Z' }), 'はなこさん・回答済み');
  assert.equal(lineOf({ ...consent, recalledAt: '2026-10-01T00:00:00Z' }), 'はなこさん・取り消し');
  assert.equal(lineOf(notice('集金', { kind: 'ACTION', actBy: '2026-10-02' })), '明日まで・対応が必要');
  assert.equal(lineOf(notice('前の', { kind: 'ACTION', actBy: '2026-09-29' })), '9/29で締切・対応が必要');
  assert.equal(lineOf(notice('便り')), '');
});

test('a child of another home is one of hers where a school says so, and of her own household is there once', () => {
  const pupils = [{ child: 'k1', id: 'p1', name: '佐藤 はなこ' }, { child: 'k9', id: 'p2', name: '東 れん' }];
  assert.deepEqual(childrenOf([HANAKO, KEN], pupils).map(({ key, name }) => [key, name]), [['k1', '佐藤 はなこ'], ['k2', '佐藤 けん'], ['k9', '東 れん']]);
});

test('an hour of the night counts for the day in Japan, and the earlier of two last days is the last', () =>
  assert.equal(lastDayOf(notice('夜', { actBy: '2026-10-05', ...asking('survey', '2026-10-03T15:30:00Z') })), '2026-10-04'));

test('what an app of today does not know how to answer is nothing to do, and what has lapsed is over', () => {
  assert.equal(isToDo(notice('新しい', asking('vote')), NOW.valueOf()), false);
  assert.equal(isToDo(notice('急ぎ', { kind: 'EMERGENCY' }), NOW.valueOf()), true);
  assert.equal(isToDo(notice('急ぎ', { kind: 'EMERGENCY', lapsesAt: '2026-09-30T00:00:00Z' }), NOW.valueOf()), false);
});

const LOT = [
  notice('給食だより', { senderKey: 'school:131032:a', sender: words('芝浜小学校'), topic: 'school', children: ['k1'], openedAt: '2026-09-30T01:00:00Z' }),
  notice('インフルエンザ予防接種', { body: words('1月31日まで無料です。', '1月31日までは お金が いりません。', 'Free until 31 January.'), topic: 'health' }),
  notice('同意書', { senderKey: 'school:131032:a', sender: words('芝浜小学校'), topic: 'school', children: ['k2'], ...asking('consent', '2026-10-03') }),
  notice('しまった', { archivedAt: '2026-09-30T01:00:00Z' }),
];
const finds = (filter: Partial<Filter>) => ids(found(LOT, { ...ALL, ...filter }, [HANAKO, KEN]));

test('a search needs neither the right kana nor the language it was written in, and all its words', () => {
  assert.deepEqual(finds({ typed: 'いんふるえんざ' }), ['インフルエンザ予防接種']);
  assert.deepEqual(finds({ typed: 'ｲﾝﾌﾙｴﾝｻﾞ' }), ['インフルエンザ予防接種']);
  assert.deepEqual(finds({ typed: '１月３１日　無料' }), ['インフルエンザ予防接種']);
  assert.deepEqual(finds({ typed: 'free JANUARY' }), ['インフルエンザ予防接種']);
  assert.deepEqual(finds({ typed: 'けん 芝浜' }), ['同意書'], 'the child it concerns is found by name');
  assert.deepEqual(finds({ typed: '同意書 保育園' }), []);
});

test('older ones are asked of the house by the same words, a child by name as its key', () =>
  assert.deepEqual(asked({ ...ALL, show: 'todo', topic: 'school', typed: 'けん　１月' }, [HANAKO, KEN]), {
    show: 'TO_DO', child: null, sender: null, topic: 'school', words: [{ text: 'けん', children: ['k2'] }, { text: '1月', children: [] }],
  }));

test('chips take away what is not of this child, sender, topic or state, and the address keeps them', () => {
  assert.deepEqual(finds({}), ['給食だより', 'インフルエンザ予防接種', '同意書']);
  assert.deepEqual(finds({ child: 'k1' }), ['給食だより']);
  assert.deepEqual(finds({ child: 'me' }), ['インフルエンザ予防接種']);
  assert.deepEqual(finds({ sender: 'school:131032:a', show: 'unread' }), ['同意書']);
  assert.deepEqual(finds({ show: 'archived' }), ['しまった']);
  const kept: Filter = { show: 'todo', child: 'k2', sender: null, topic: 'school', typed: '同意 書' };
  assert.deepEqual(filterFrom(new URL(pathOf(kept), 'https://x').searchParams), kept);
  assert.deepEqual(sendersOf(LOT).map(({ key, count }) => [key, count]), [['school:131032:a', 2], ['ward:131032', 2]]);
});

test('first what is hers to do, the nearest day first and an emergency before all', () => {
  const lot = [
    notice('早い', asking('consent', '2026-10-02')), notice('日なし', { kind: 'ACTION' }), notice('遅い', asking('fee', '2026-10-20')),
    notice('急ぎ', { kind: 'EMERGENCY' }), notice('昨日'), notice('今日', { sentAt: '2026-10-01T07:00:00+09:00' }),
    notice('夏', { sentAt: '2026-08-01T07:00:00+09:00' }),
  ];
  assert.deepEqual(grouped(lot, '2026-10-01').map(({ id, notices }) => [id, ...ids(notices)]),
    [['todo', '急ぎ', '早い', '遅い', '日なし'], ['today', '今日'], ['week', '昨日'], ['earlier', '夏']]);
});

const waiting = (wish: Wish, madeAt = '2026-10-01T00:00:00Z'): OutboxItem =>
  ({ id: madeAt, madeAt, wish, outcome: { state: 'waiting' }, tries: 0, notBefore: 0, needsSignIn: false });
const sort = (act: SortAct, ...notices: string[]): Wish => ({ kind: 'sort', act, notices });

test('what waits to be sent counts on the screen already, and an undo brings back what was there', () => {
  const archived = withWaiting(LOT, [waiting(sort('ARCHIVE', '給食だより')), waiting({ kind: 'open', notice: '同意書' }), waiting(sort('UNREAD', '給食だより'))]);
  assert.equal(archived[0]?.archivedAt, '2026-10-01T00:00:00Z');
  assert.deepEqual(archived.map(isUnread), [true, true, false, true]);
  for (const act of ['ARCHIVE', 'UNREAD'] as const) {
    const back = undoOf(act);
    const [one] = LOT;
    assert.ok(back && one);
    assert.deepEqual(sorted(sorted(one, act, 'x'), back, 'y'), one);
  }
});

test('what was found a while ago stands as she left it since: read on its own page, put away, and not as it was found', () => {
  const now = asOfNow([notice('a'), notice('b'), notice('c')], [notice('a', { openedAt: '2026-10-01T00:00:00Z' })], [waiting(sort('ARCHIVE', 'b'))]);
  assert.deepEqual(now.map((one) => [isUnread(one), one.archivedAt]), [[false, null], [true, '2026-10-01T00:00:00Z'], [true, null]]);
});

test('marking many as read leaves those that must be opened', () => {
  assert.deepEqual(ids(changedBy('READ', LOT)), ['インフルエンザ予防接種', 'しまった']);
  assert.deepEqual(ids(changedBy('UNARCHIVE', LOT)), ['しまった']);
});

test('what waits for her answer is not put away with the rest, and once nobody waits any more it may be', () => {
  const on = (day: string) => ids(changedBy('ARCHIVE', LOT, Date.parse(`${day}T12:00:00+09:00`)));
  assert.deepEqual(on('2026-10-03').includes('同意書'), false);
  assert.deepEqual(on('2026-10-03').includes('給食だより'), true);
  assert.deepEqual(on('2026-10-04').includes('同意書'), true, 'its last day is over');
});

test('a newer wish takes from an older one what both are about, so that no late try undoes it', () => {
  assert.deepEqual(leftOf(sort('ARCHIVE', 'a', 'b'), sort('UNARCHIVE', 'b')), sort('ARCHIVE', 'a'));
  assert.equal(leftOf(sort('ARCHIVE', 'a'), sort('UNARCHIVE', 'a', 'b')), null);
  const other = sort('READ', 'a');
  assert.equal(leftOf(other, sort('ARCHIVE', 'a')), other);
});

test('a correction is told by the sentences that went and came', () => {
  const told = changesBetween('集合は8時です。弁当が要ります。雨なら中止です。', '集合は9時です。弁当が要ります。\n水とうも要ります。雨なら中止です。');
  assert.deepEqual(told.map(({ kind, text }) => `${kind} ${text.trim()}`),
    ['gone 集合は8時です。', 'new 集合は9時です。', 'same 弁当が要ります。', 'new 水とうも要ります。', 'same 雨なら中止です。']);
  assert.deepEqual(changesBetween('It is 1.5 km. Doors open at 9:00.', 'It is 1.5 km. Doors open at 10:00.').map(({ kind, text }) => `${kind} ${text.trim()}`),
    ['same It is 1.5 km.', 'gone Doors open at 9:00.', 'new Doors open at 10:00.']);
});

test('it is read by a voice of its language, the phone’s own before one from the network, in parts that end', () => {
  const voice = (name: string, lang: string, localService: boolean) => ({ name, lang, localService, default: false });
  const voices = [voice('a', 'en_US', true), voice('b', 'ja-JP', false), voice('c', 'ja_JP', true), voice('d', 'en-GB', true)];
  assert.equal(voiceFor(voices, 'easy')?.name, 'c');
  assert.equal(voiceFor(voices, 'en')?.name, 'd');
  assert.equal(voiceFor([voices[0]!], 'ja'), null);
  const long = 'とても長いお知らせです。'.repeat(60);
  assert.ok(partsToRead(long).every((part) => part.length <= 170));
  assert.equal(partsToRead(long).join('').replaceAll(' ', ''), long);
});
