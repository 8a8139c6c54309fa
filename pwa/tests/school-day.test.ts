import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextSchoolDay } from '../data/school.ts';

const at = (day: string) => new Date(`${day}T09:00:00+09:00`);

test('an absence begins on the next day of school, as the house told it', () => {
  assert.equal(nextSchoolDay('2026-11-24', at('2026-11-21')), '2026-11-24', 'over a weekend and a holiday');
  assert.equal(nextSchoolDay('2026-11-20', at('2026-11-20')), '2026-11-20');
});

test('told days ago, or by an older house, it is today, and on a weekend Monday', () => {
  assert.equal(nextSchoolDay('2026-11-19', at('2026-11-20')), '2026-11-20');
  assert.equal(nextSchoolDay(undefined, at('2026-11-28')), '2026-11-30');
  assert.equal(nextSchoolDay('2026-11-20', at('2026-11-29')), '2026-11-30');
});
