import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers, firstWish, turnsOf, wantedIf } from '../data/moving.ts';
import type { Difference, Home, MoveChange, MovePaper } from '../data/shapes.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const mother = { id: 'm-1', name: '佐藤 はな', birthDate: '1990-05-02' };
const child = { id: 'm-2', name: '佐藤 そら', birthDate: '2019-10-11' };
const change = (id: string, more: Partial<MoveChange> = {}): MoveChange => ({
  id, order: 1, kind: 'STARTS', phase: 'AFTER', at: 'NEW', procedure: null, subject: null, opens: null, lastDay: null,
  law: null, confidence: 'A', name: words('児童手当'), because: words(''), onlyIf: null, office: null, late: null,
  wardSays: null, ...more,
});
const paper = (changes: string[]): MovePaper => ({ id: 'p', at: 'NEW', changes, name: words('紙') });
const found = (changes: MoveChange[]): Difference => ({
  toWard: '131121', planned: '2026-12-20', leaving: words('港区'), to: words('世田谷区'), family: [mother, child],
  people: [mother, child], changes, papers: [], spared: [], handover: null,
});

test('two children of one family are one turn, with the earliest last day and both names', () => {
  const turns = turnsOf(found([
    change('a', { subject: mother, lastDay: '2027-01-04' }), change('b', { subject: child, lastDay: '2026-12-28' }),
  ]), 'AFTER');
  assert.deepEqual(turns.map(({ lastDay, names }) => [lastDay, names]), [['2026-12-28', [mother.name, child.name]]]);
});

test('what is certain for one of the family is not put under an if', () => {
  const maybe = { onlyIf: words('犬がいる場合') };
  assert.equal(turnsOf(found([change('a', maybe), change('b')]), 'AFTER')[0]?.onlyIf, null);
  assert.equal(turnsOf(found([change('a', maybe)]), 'AFTER')[0]?.onlyIf?.ja, '犬がいる場合');
});

test('whoever does a thing on a condition only is not named with those for whom it is certain', () => {
  const turns = turnsOf(found([
    change('a', { subject: mother }), change('b', { subject: child, onlyIf: words('お持ちの場合'), lastDay: '2026-12-28' }),
  ]), 'AFTER');
  assert.deepEqual(turns.map(({ names, onlyIf, lastDay }) => [names, onlyIf?.ja ?? null, lastDay]), [
    [[mother.name], null, null], [[child.name], 'お持ちの場合', '2026-12-28'],
  ]);
});

test('a paper is wanted on a condition when all that want it are, and each condition is told once', () => {
  const dog = { onlyIf: words('犬がいる場合') };
  const all = found([change('a', dog), change('b', dog), change('c')]);
  assert.deepEqual(wantedIf(all, paper(['a', 'b']))?.map(({ ja }) => ja), ['犬がいる場合']);
  assert.equal(wantedIf(all, paper(['a', 'c'])), null);
});

test('a comparison answers only the place, the day and the people it was made for', () => {
  const wish = { toWard: '131121', movesOn: '2026-12-20', people: null };
  assert.equal(answers(found([]), wish), true);
  assert.equal(answers(found([]), { ...wish, people: ['m-2', 'm-1'] }), true);
  assert.equal(answers(found([]), { ...wish, toWard: '131041' }), false);
  assert.equal(answers(found([]), { ...wish, movesOn: '2026-12-21' }), false);
  assert.equal(answers(found([]), { ...wish, people: ['m-1'] }), false);
});

test('a comparison begins with the ward she told, and with none when she leaves the 23 wards or Japan', () => {
  const told = (place: string): Home =>
    ({ answers: [{ question: { fact: 'move_to' }, value: place, counts: true }] }) as unknown as Home;
  assert.deepEqual(['131121', 'other', 'abroad'].map((place) => firstWish(null, told(place)).toWard), ['131121', '', '']);
});
