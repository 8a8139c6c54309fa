import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAndTime, dayAt, dayOfRecord, daysBetween, longDay, moment, monthAndDay, shortDay, yearAndMonth } from '../text/dates.ts';

const now = new Date('2026-11-23T09:30:00+09:00');

test('a moment of today is a time, of another day it has the day', () => {
  assert.equal(moment('2026-11-23T09:10:00+09:00', 'ja', now), '9:10');
  assert.equal(moment('2026-11-22T09:10:00+09:00', 'ja', now), '11月22日 9:10');
  assert.equal(dayAndTime('2026-11-23T00:10:00Z', 'ja', now), '11月23日 9:10');
  assert.equal(dayAndTime('2025-12-31T14:59:00Z', 'ja', now), '令和7年（2025年）12月31日 23:59');
  assert.equal(dayAndTime('2025-12-31T15:01:00Z', 'ja', now), '1月1日 0:01', 'the year is that of Tokyo');
  assert.equal(dayAndTime('2024-03-01T00:10:00Z', 'en', now), '1 Mar 2024 9:10');
  assert.equal(moment('2025-03-01T00:10:00Z', 'easy', now), '令和7年（2025年）3月1日 9:10');
});

test('a last day is told with its weekday, and with the year when it is another', () => {
  assert.equal(shortDay('2026-12-07', 'ja', now), '12月7日（月）');
  assert.equal(shortDay('2027-01-04', 'easy', now), '令和9年（2027年）1月4日（月）');
});

test('where a day is written in words, no 12/1 is left to be read as January, and no era or Japanese weekday stands in it', () => {
  assert.equal(shortDay('2026-12-01', 'pt', now), 'ter., 1 de dez.');
  assert.equal(monthAndDay('2026-12-01', 'vi'), '1 thg 12');
  assert.equal(longDay('1990-05-02', 'tl'), 'Miyerkules, Mayo 2, 1990');
});

test('an official day has the era', () =>
  assert.equal(longDay('2026-12-07', 'ja'), '令和8年（2026年）12月7日（月曜日）'));

test('the day changes at midnight in Tokyo', () => {
  assert.equal(dayAt(new Date('2026-11-22T15:00:00Z')), '2026-11-23');
  assert.equal(daysBetween('2026-11-23', '2026-12-07'), 14);
});

test('a year stands in both calendars in Japanese, the era by its day, and elsewhere as that language writes it', () => {
  assert.equal(dayOfRecord('1989-01-07', 'ja'), '昭和64年（1989年）1月7日');
  assert.equal(dayOfRecord('1989-01-08', 'easy'), '平成元年（1989年）1月8日');
  assert.equal(yearAndMonth('2015-04', 'ja'), '平成27年（2015年）4月');
  assert.equal(longDay('2026-12-07', 'ko'), '2026년 12월 7일 월요일');
  assert.equal(longDay('2026-12-07', 'zh-Hant'), '2026年12月7日星期一');
  assert.equal(longDay('2026-12-07', 'pt'), 'segunda-feira, 7 de dezembro de 2026');
  assert.match(longDay('2026-12-07', 'vi'), /^Thứ Hai, 7 tháng 12, 2026$/i);
  assert.match(longDay('2026-12-07', 'tl'), /^Lunes, Disyembre 7, 2026$/);
  assert.match(longDay('2026-12-07', 'ne'), /२०२६/);
});
