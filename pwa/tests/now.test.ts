import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bannersFor, inWard, searchedBesides, type Now } from '../data/now.ts';
import type { PublicService } from '../data/open.ts';
import type { SearchIndex } from '../data/search.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const now: Now = {
  shape: 1, edition: 'a',
  wards: {
    131032: {
      name: words('港区'), since: { water: '2026-12-01T00:00:00Z' },
      procedures: { water: { name: words('みず'), howToApply: words('区役所') }, gas: { name: words('がす') } },
    },
  },
  banners: [
    { id: '1', ward: null, text: words('全区'), until: '2026-12-02T00:00:00Z' },
    { id: '2', ward: '131032', text: words('港区'), until: '2026-12-02T00:00:00Z' },
  ],
};
const water = { identifier: 'water', name: words('水道'), howToApply: words('電話') } as PublicService;
const at = Date.parse('2026-12-01T00:00:00Z');

test('her ward says otherwise, another does not', () => {
  assert.equal(inWard([water], now, '131032')[0]?.howToApply.ja, '区役所');
  assert.equal(inWard([water], now, '131121')[0]?.howToApply.ja, '電話');
  assert.equal(inWard([water], now, null)[0]?.howToApply.ja, '電話');
});

test('what officials have written is searched besides, what is shipped is in the index already', () => {
  const entry = (id: string) => ({ id, name: ['', '', ''] as const, official: ['', '', ''] as const, operator: 'ward' });
  const index = { entries: [entry('water'), entry('gas')] } as unknown as SearchIndex;
  assert.deepEqual(searchedBesides(index, now).entries.map(({ words: own }) => own), [['みず', 'みず', 'みず'], []]);
});

test('a banner is for its ward or for all, and what a device kept yesterday may be over', () => {
  assert.deepEqual(bannersFor(now, '131032', at).map(({ id }) => id), ['1', '2']);
  assert.deepEqual(bannersFor(now, null, at).map(({ id }) => id), ['1']);
  assert.deepEqual(bannersFor(now, '131032', at + 2 * 86_400_000), []);
});
