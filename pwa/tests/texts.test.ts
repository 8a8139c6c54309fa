import assert from 'node:assert/strict';
import { test } from 'node:test';
import { texts as easy } from '../text/all/easy.ts';
import { FALL_BACKS, inTag, LANGUAGES, type Language } from '../text/languages.ts';
import { comma, dot, ranged } from '../text/lists.ts';
import { isOfOne } from '../service-worker/languages.ts';
import { marked, pieces, plain, spoken } from '../text/readings.ts';
import { isTold, pick } from '../text/speak.ts';

const texts = Object.fromEntries(await Promise.all(LANGUAGES.map(async (one) =>
  [one, ((await import(`../text/all/${one}.ts`)) as { texts: Record<string, string> }).texts]))) as Record<Language, Record<string, string>>;
const blanks = (text: string) => [...new Set([...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank))].sort();
const OF_SEVEN = LANGUAGES.filter((one) => FALL_BACKS[one].length > 1);

for (const language of LANGUAGES) {
  test(`${language} has every text, and fills in the same things`, () => {
    assert.deepEqual(Object.keys(texts[language]).sort(), Object.keys(easy).sort());
    const odd = Object.entries(easy).filter(([key, text]) => String(blanks(texts[language][key] ?? '')) !== String(blanks(text)));
    assert.deepEqual(odd.map(([key]) => key), []);
    assert.deepEqual(Object.entries(texts[language]).filter(([, text]) => text === '').map(([key]) => key),
      Object.entries<string>(easy).filter(([, text]) => text === '').map(([key]) => key));
  });
}

/** What is the same in English and another language by right: names, signs, times, words the language has taken over. */
const SAME_BY_RIGHT = new Set<string>([]);
const longWords = (text: string): number => (text.replace(/\{\w+\}/g, '').match(/[A-Za-z]{3,}/g) ?? []).length;

test('no sentence was left in English', () => {
  for (const language of OF_SEVEN) {
    const same = Object.entries(texts.en).filter(([key, text]) => texts[language][key] === text && longWords(text) > 2 && !SAME_BY_RIGHT.has(`${language} ${key}`));
    assert.deepEqual(same.map(([key]) => key), [], language);
  }
});

test('a number of any size is counted in words that are said, and a time is no 時点, in easy Japanese', () => {
  const odd = Object.entries(easy).filter(([, text]) => /\}つ|時点/.test(text)).map(([key]) => key);
  assert.deepEqual(odd, []);
});

test('a text that is not told in her language is read in the one she falls back to', () => {
  const text = { ja: '日', easy: 'や', en: 'E', vi: 'V', ko: null };
  assert.deepEqual(LANGUAGES.map((one) => plain(pick(one, text))), ['日', 'や', 'E', 'E', 'E', 'E', 'V', 'E', 'E', 'E']);
  assert.deepEqual(pieces(`V: ${pick('ne', text, 'easy')}`), ['V: ', { borrowed: 'や' }], 'so that a voice reads it in its own language');
  assert.ok(isTold('vi', text) && isTold('ja', text) && !isTold('ko', text));
  assert.deepEqual([FALL_BACKS.ne[0], FALL_BACKS.ko.includes('ja'), FALL_BACKS.vi.includes('easy')], ['en', true, true]);
});

test('a phone’s language is found by its tag', () => {
  assert.deepEqual(['zh-CN', 'zh_TW', 'zh-Hant-HK', 'fil-PH', 'pt-BR', 'ja-JP', 'de'].map(inTag),
    ['zh-Hans', 'zh-Hant', 'zh-Hant', 'tl', 'pt', 'ja', null]);
});

test('a text with readings is written, said and shown', () => {
  const text = marked('[手続|てつづ]きは [7日|なのか]まで');
  assert.equal(plain(text), '手続きは 7日まで');
  assert.equal(spoken(text), 'てつづきは なのかまで');
  assert.deepEqual(pieces(text), [{ kanji: '手続', reading: 'てつづ' }, 'きは ', { kanji: '7日', reading: 'なのか' }, 'まで']);
  assert.deepEqual(pieces('住所を\u200B変える'), ['住所を', { breaks: true }, '変える']);
  assert.deepEqual(Object.entries(easy).filter(([, one]) => /\[[^\]]*\|/.test(one)), [], 'a bracket of our own would be taken for a reading');
});

test('names in a line stand apart as her language writes it', () => {
  assert.deepEqual(LANGUAGES.map(comma), ['、', '、', ', ', '、', '、', ', ', ', ', ', ', ', ', ', ']);
  assert.deepEqual([dot('easy'), dot('zh-Hans'), dot('vi')], ['・', '、', ', ']);
  assert.deepEqual([ranged(['9:00', '10:00'], 'ja'), ranged(['9:00', '10:00'], 'ne'), ranged(['9:00', null], 'en')], ['9:00〜10:00', '9:00 – 10:00', '9:00']);
});

test('three languages lie on every phone; another, readings and phrases come when she reads with them', () => {
  const parts = ['easy-first', 'ja-rest', 'en-door', 'vi-rest', 'zh-Hant-first', 'easy-readings', 'ja-phrases'];
  assert.deepEqual(parts.filter((part) => isOfOne(`/assets/text-${part}-AbC12.js`)), ['vi-rest', 'zh-Hant-first', 'easy-readings', 'ja-phrases']);
});
