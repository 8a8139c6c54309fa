import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outagesOf } from '../data/outages.ts';
import { isOld } from '../data/refresh.ts';
import type { Home, Source } from '../data/shapes.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const NOW = new Date('2026-11-23T09:30:00+09:00');
const source = (id: string, more: Partial<Source> = {}): Source => ({
  id, name: words(id), operator: 'WARD', state: 'KNOWN', asOf: '2026-11-23T09:10:00+09:00', silentSince: null, why: null,
  correction: words(''), shut: null, outage: null, ...more,
});
const closed = (id: string, begins: string, ends: string) => source(id, {
  outage: { begins: `2026-11-${begins}:00+09:00`, ends: `2026-11-${ends}:00+09:00`, text: words('入替え') },
});

test('an outage is told beforehand, meanwhile, and not after its end, however old what the device kept is', () => {
  const one = [closed('registry', '23T09:00', '23T10:00')];
  assert.deepEqual(outagesOf(one, new Date('2026-11-23T08:59:00+09:00')).map(({ isOn }) => isOn), [false]);
  assert.deepEqual(outagesOf(one, NOW).map(({ isOn, asOf }) => [isOn, asOf]), [[true, '2026-11-23T09:10:00+09:00']]);
  assert.deepEqual(outagesOf(one, new Date('2026-11-23T10:00:00+09:00')), []);
});

test('the next one comes first, and a source without one is not named', () => {
  const all = [closed('late', '25T09:00', '25T10:00'), source('open'), closed('soon', '24T09:00', '24T10:00')];
  assert.deepEqual(outagesOf(all, NOW).map(({ id }) => id), ['soon', 'late']);
});

test('a page asks again while a source is silent, and not while all have been heard of late', () => {
  const home = (sources: Source[]) => ({ sources }) as Home;
  const soon = Date.parse('2026-11-23T09:15:00+09:00');
  assert.equal(isOld(home([source('a'), source('b')]), soon), false);
  assert.equal(isOld(home([source('a'), source('b', { state: 'GAP' })]), soon), true);
  assert.equal(isOld(home([source('a'), source('b', { state: 'WAITING' })]), soon), true);
});
