import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAndTime, dayAt, daysBetween, longDay, moment, shortDay } from '../text/dates.ts';

const now = new Date('2026-11-23T09:30:00+09:00');

test('a moment of today is a time, of another day it has the day', () => {
  assert.equal(moment('2026-11-23T09:10:00+09:00', 'ja', now), '9:10');
  assert.equal(moment('2026-11-22T09:10:00+09:00', 'ja', now), '11月22日 9:10');
  assert.equal(dayAndTime('2026-11-23T00:10:00Z', 'ja', now), '11月23日 9:10');
  assert.equal(dayAndTime('2025-12-31T14:59:00Z', 'ja', now), '2025年12月31日 23:59');
  assert.equal(dayAndTime('2025-12-31T15:01:00Z', 'ja', now), '1月1日 0:01', 'the year is that of Tokyo');
  assert.equal(dayAndTime('2024-03-01T00:10:00Z', 'en', now), '1 Mar 2024 9:10');
  assert.equal(moment('2025-03-01T00:10:00Z', 'easy', now), '2025年3月1日 9:10');
});

test('a last day is told with its weekday, and with the year when it is another', () => {
  assert.equal(shortDay('2026-12-07', 'ja', now), '12月7日（月）');
  assert.equal(shortDay('2027-01-04', 'easy', now), '2027年1月4日（月）');
});

test('an official day has the era', () =>
  assert.equal(longDay('2026-12-07', 'ja'), '令和8年（2026年）12月7日（月曜日）'));

test('the day changes at midnight in Tokyo', () => {
  assert.equal(dayAt(new Date('2026-11-22T15:00:00Z')), '2026-11-23');
  assert.equal(daysBetween('2026-11-23', '2026-12-07'), 14);
});
