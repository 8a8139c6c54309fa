import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTrust, daysOf, sourcesOf, type PublicService } from '../data/open.ts';
import type { Bundle, Home, Question, Step } from '../data/shapes.ts';
import { isForEverybody } from '../screens/router.ts';
import { ownSteps, startOf } from '../screens/parts/catalogue.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const water = {
  identifier: 'water',
  trust: { how: { level: 'B', sources: ['S057'] }, law: { level: 'C' }, name: { level: 'B', sources: ['S057', 'S003'] } },
} as unknown as PublicService;

test('what is sure and what is not are told apart', () =>
  assert.deepEqual(byTrust(water), { A: [], B: ['how', 'name'], C: ['law'] }));

test('a page that was read is named once, and one nobody knows is not named', () =>
  assert.deepEqual(
    sourcesOf(water, { dateOfState: '', publicServices: [], references: { S057: { publisher: 'a bureau' } } }),
    [{ publisher: 'a bureau' }],
  ));

test('a standard time is told in days', () => {
  assert.equal(daysOf('P30D'), 30);
  assert.equal(daysOf('P1M'), null);
});

const step = (id: string) => ({ id, procedure: id.split(':')[0], subject: null }) as Step;
const question = { fact: 'bereaved', kind: 'YES_NO', label: words(''), help: null, choices: [], minDate: null, maxDate: null, subject: null } as Question;
const bundle = (id: string, steps: string[], start: Question | null) =>
  ({ id, name: words(id), summary: words(''), steps: steps.map(step), start }) as unknown as Bundle;
const home = {
  at: '2026-11-23T00:00:00Z',
  value: {
    bundles: [
      bundle('childcare', ['claim:m-1', 'claim:m-2'], null),
      bundle('pregnancy_birth', ['claim:m-1'], null),
      bundle('bereavement', [], question),
    ],
  } as unknown as Home,
};

test('her own steps of a procedure are one for each child, though they stand in two bundles', () => {
  assert.deepEqual(ownSteps(home, 'claim').map(({ id }) => id), ['claim:m-1', 'claim:m-2']);
  assert.deepEqual(ownSteps(null, 'claim'), []);
});

test('an event that she has not begun has the question that begins it', () => {
  assert.equal(startOf(home, 'bereavement')?.fact, 'bereaved');
  assert.equal(startOf(home, 'childcare'), null);
});

test('the catalogue is for everybody, her own steps are not', () => {
  assert.ok(['/search', '/events/care', '/procedure/water', '/help-offline'].every(isForEverybody));
  assert.ok(!['/', '/step/water', '/searching', '/applications'].some(isForEverybody));
});
