import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile } from '../data/calendar-file.ts';
import { choose, isOpen, NO_WISH, placeOf, takes, townOf, townsOf, vacancy, type Wish } from '../data/facility-choice.ts';
import { fitted, marks, middleOf, moved, onScreen, scaleBar, zoomed, zoomedAt } from '../data/facility-map.ts';
import { unpack, type Facility, type PackedWard } from '../data/facilities.ts';

const file: PackedWard = {
  shape: 1, ward: '131032', place: [35.6581, 139.7514], sets: [{ name: '子育て施設一覧', asOf: '2026-11-01', publishedAt: null, source: '' }],
  rows: [
    ['a', 0, 'childcare', 'あおぞら保育園', '認可保育所', 'アオゾラホイクエン', '', '東京都港区芝浦3丁目1-2', 35.64, 139.75, '', '', 0b111111, '07:15', '18:15', '', 1, 83, 60, [0, 2, 1, 0, 0, 0], [], 0, 1, 3, '', '', ''],
    ['b', 0, 'childcare', 'わかば保育園', '小規模', '', '', '港区三田二丁目5番1号', 35.65, 139.74, '', '', 0b111111, '07:30', '19:15', '', 1, 35, 19, [0, 0, 0, null, null, null], [], 0, 0, 0, '', '', ''],
    ['c', 0, 'clinic', '夜間診療所', '診療所', '', 'Night Clinic', '港区芝浦3-9', 35.66, 139.76, '', '', 0b1111111, '20:00', '05:00', '', null, null, null, [], ['小児科'], 0, 0, 1, '', '', ''],
    ['d', 0, 'counter', '港区役所', '', '', '', '', null, null, '', '', 0b11111, '08:30', '17:15', '', null, null, null, [], [], 0, 0, 0, '', '', ''],
  ],
};
const all = unpack(file, '2026-11-27T00:00:00Z').facilities;
const [sky, leaf, night, office] = all as [Facility, Facility, Facility, Facility];
const names = (wish: Partial<Wish>, now = new Date('2026-11-27T10:00:00+09:00')) => choose(all, { ...NO_WISH, ...wish }, now).map(({ facility }) => facility.name);

test('a place is found by kind, words in any script, age, vacancy, language and steps', () => {
  assert.deepEqual(names({ kind: 'childcare', sort: 'name' }), ['あおぞら保育園', 'わかば保育園']);
  assert.deepEqual(names({ words: 'あおぞら' }), ['あおぞら保育園']);
  assert.deepEqual(names({ words: 'night 小児科' }), ['夜間診療所']);
  assert.deepEqual(names({ kind: 'childcare', vacant: true, age: 1 }), ['あおぞら保育園']);
  assert.deepEqual(names({ vacant: true, age: 0 }), []);
  assert.deepEqual(names({ kind: 'childcare', age: 4 }), ['あおぞら保育園']);
  assert.deepEqual(names({ language: 'en' }), ['あおぞら保育園']);
  assert.deepEqual(names({ barrierFree: ['wheelchair', 'toilet'] }), ['あおぞら保育園']);
  assert.deepEqual(names({ only: new Set([office.id]) }), ['港区役所']);
});

test('open now is of Tokyo, past midnight too, and unknown where no hours are told', () => {
  const friday = (time: string) => new Date(`2026-11-27T${time}:00+09:00`);
  assert.deepEqual([isOpen(office, friday('08:30')), isOpen(office, friday('17:15'))], [true, false]);
  assert.equal(isOpen(office, new Date('2026-11-28T10:00:00+09:00')), false, 'a Saturday');
  assert.deepEqual([isOpen(night, friday('21:00')), isOpen(night, friday('04:59')), isOpen(night, friday('12:00'))], [true, true, false]);
  assert.equal(isOpen({ ...night, opens: '' }, friday('21:00')), null);
  assert.deepEqual(names({ openNow: true, kind: 'counter' }, friday('20:00')), []);
});

test('ages are months of life, and vacancies are of that year', () => {
  assert.deepEqual([takes(leaf, 2), takes(leaf, 3), takes(sky, 0)], [true, false, true]);
  assert.deepEqual([vacancy(sky, 1), vacancy(sky, null), vacancy(leaf, 3), vacancy(office, null)], [2, 3, null, null]);
});

test('a town is told from an address however its block is written, and home is found in the table alone', () => {
  assert.deepEqual(townOf('東京都港区芝浦3丁目1-2'), { town: '芝浦', block: '芝浦3丁目' });
  assert.deepEqual(townOf('港区三田二丁目5番1号'), { town: '三田', block: '三田2丁目' });
  assert.deepEqual(townOf('港区六本木十二丁目3'), { town: '六本木', block: '六本木12丁目' });
  const towns = townsOf(all);
  assert.deepEqual(placeOf('港区芝浦三丁目99-9', towns), { lat: 35.65, lon: 139.755 });
  assert.equal(placeOf('港区白金1', towns), null);
});

test('the nearest comes first, and who is farther than wished or nowhere is left out', () => {
  const from = { lat: 35.64, lon: 139.75 };
  assert.deepEqual(names({ from }), ['あおぞら保育園', 'わかば保育園', '夜間診療所', '港区役所']);
  assert.deepEqual(names({ from, within: 2 }), ['あおぞら保育園', 'わかば保育園']);
  assert.equal(Math.round((choose(all, { ...NO_WISH, from })[1]?.km ?? 0) * 100), 143);
});

test('the map shows what the list has: each with a place, close ones put together', () => {
  const found = choose(all, NO_WISH);
  const size = { width: 360, height: 360 };
  const view = fitted(found, size, { lat: 35.6, lon: 139.7 });
  const shown = marks(found, view, size).flatMap((mark) => mark.found);
  assert.equal(shown.length, found.filter(({ facility }) => facility.at).length);
  assert.equal(marks(found, zoomed(view, 0.01), size).length, 1);
  assert.equal(marks(found, moved(view, 10_000, 0), size).length, 0);
});

test('ten thousand are filtered, sorted and put on the map within a frame of a phone', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    ...(all[n % 3] as Facility), id: `${n}`, name: `施設${n}`, at: { lat: 35.6 + (n % 100) / 1000, lon: 139.7 + (n % 97) / 1000 },
  }));
  const wish = { ...NO_WISH, kind: 'childcare' as const, age: 1, vacant: true, from: { lat: 35.65, lon: 139.75 }, words: '保育' };
  const size = { width: 360, height: 360 };
  const once = () => marks(choose(many, wish), fitted(choose(many, wish), size, { lat: 35, lon: 139 }), size);
  for (let n = 0; n < 5; n++) once();
  const begun = performance.now();
  for (let n = 0; n < 5; n++) choose(many, wish);
  const each = (performance.now() - begun) / 5;
  assert.ok(once().length > 0);
  assert.ok(each < 16, `${each.toFixed(1)} ms`);
});

test('a calendar takes the file: times in UTC, marks escaped, no line over 75 octets', () => {
  const text = calendarFile({
    id: '1', startsAt: '2026-12-01T09:30:00+09:00', endsAt: '2026-12-01T10:00:00+09:00', title: '見学, あおぞら; 保育園',
    place: '東京都港区芝浦3丁目1-2 あおぞら保育園の とても 長い 名前の 建物', text: 'コード\nK7QM-2XWA',
  }, new Date('2026-11-27T00:00:00Z'));
  assert.match(text, /DTSTART:20261201T003000Z\r\n/);
  assert.match(text, /SUMMARY:見学\\, あおぞら\\; 保育園/);
  assert.match(text, /DESCRIPTION:コード\\nK7QM/);
  for (const line of text.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75, line);
});

test('two fingers zoom about the point between them, the bar is a round number, a ward is named in the middle of its places', () => {
  const [size, view, at] = [{ width: 360, height: 360 }, { lat: 35.65, lon: 139.75, scale: 40 }, { lat: 35.66, lon: 139.77 }];
  const before = onScreen(at, view, size);
  const near = zoomedAt(view, 3, before, size);
  const after = onScreen(at, near, size);
  assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 0.5, 'it stays under the fingers');
  assert.equal(near.scale, 120);
  assert.deepEqual(scaleBar(view, size), { km: 2, long: 80 });
  assert.deepEqual(scaleBar({ ...view, scale: 1000 }, size), { km: 0.1, long: 100 });
  const middle = middleOf([{ lat: 35, lon: 139 }, { lat: 36, lon: 140 }], at);
  assert.deepEqual([middle, middleOf([], at)], [{ lat: 35.5, lon: 139.5 }, at]);
});
