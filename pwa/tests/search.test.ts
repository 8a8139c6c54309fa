import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { distance, fold, likeness, pieces } from '../data/fold.ts';
import { kanaOf } from '../data/romaji.ts';
import { prepare, saidOfElsewhere, search, type SearchIndex } from '../data/search.ts';
import { LANGUAGES } from '../text/languages.ts';

/** The real index, as `python -m infra.catalogue write` made it, and questions written by hand. */
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
type Asked = { in: 'ja' | 'easy' | 'en'; ask: string; firstThree: string[] };
type Table = { found: Asked[]; nothing: string[] };
const { found, nothing } = read('../../tests/search/questions.json') as Table;
/**
 * Written before the search was looked at for them: 36 of the first 42 were found, 3 of 10 foreign ones found nothing;
 * of the next 15 and 15, 11 and 8. Mended for those to 15 and 14; ten and ten more, written then: 8 and 5.
 */
const heldOut = read('../../tests/search/held_out.json') as Table & { missed: Asked[]; mistaken: string[] };
const searcher = prepare(read('../open/search.json') as SearchIndex);
const ids = (question: string, most?: number) => search(searcher, question, most).map(({ id }) => id);

for (const { ask, firstThree } of [...found, ...heldOut.found]) {
  test(`「${ask}」 finds ${firstThree.join(' and ')} among the first three`, () => {
    const first = ids(ask, 3);
    assert.ok(firstThree.every((id) => first.includes(id)), `found ${first.join(', ')}`);
  });
}

test('the table asks in Japanese, in easy Japanese and in English, and no question twice', () => {
  const asked = (language: Asked['in']) => found.filter((one) => one.in === language).length;
  assert.ok(asked('ja') >= 60 && asked('easy') >= 15 && asked('en') >= 25);
  assert.equal(new Set(found.map(({ ask }) => ask)).size, found.length);
});

test('what has nothing to do with the catalogue finds nothing', () => {
  const foreign = [...nothing, ...heldOut.nothing];
  assert.deepEqual(foreign.map((question) => [question, ids(question)]), foreign.map((question) => [question, []]));
});

test('what is still answered wrongly is written down as such', () => {
  const mended = heldOut.missed.filter(({ ask, firstThree }) => firstThree.every((id) => ids(ask, 3).includes(id))).map(({ ask }) => ask);
  assert.deepEqual([...mended, ...heldOut.mistaken.filter((question) => ids(question).length === 0)], []);
});

test('what is not held here is told by name, beside what is found for the rest', () => {
  assert.deepEqual(saidOfElsewhere(searcher, '児童手当 ぱすぽーと'), ['パスポート']);
  assert.deepEqual(saidOfElsewhere(searcher, '児童手当'), []);
});

test('a dog is asked for and a head of household is not (いぬ, せたいぬし)', () =>
  assert.deepEqual(ids('いぬ'), ['dog_registration']));

test('Japanese in Latin letters is read as kana, however it is spelled', () => {
  assert.equal(kanaOf('kougaku'), 'こうがく');
  assert.equal(fold(kanaOf('hojo') ?? ''), fold('ほじょ'));
  assert.equal(fold(kanaOf('hojyo') ?? ''), fold('ほじょ'));
  assert.equal(fold(kanaOf('hikkoshi') ?? ''), fold('ひっこし'));
  assert.equal(fold(kanaOf('sinsei') ?? ''), fold('しんせい'));
  assert.equal(fold(kanaOf('shucchou') ?? ''), fold('しゅっちょう'));
  assert.equal(kanaOf('vaccine'), undefined);
  assert.deepEqual(ids('hojyo'), ids('hojo'));
});

test('an empty question finds nothing', () => assert.deepEqual(ids('　 '), []));

test('every answer names the law it rests upon, where there is one', () => {
  const [birth] = search(searcher, '出生届', 1);
  assert.equal(birth?.id, 'birth_notice');
  assert.match(birth?.law ?? '', /戸籍法49条/);
});

test('width, case, katakana, small letters and long vowels make no difference', () => {
  assert.equal(fold('ヒッコシ'), fold('ひっこし'));
  assert.equal(fold('ｶﾞｽ'), fold('がす'));
  assert.equal(fold('とーきょー'), fold('とうきょう'));
  assert.equal(fold('ひこし'), fold('ひっこし'));
  assert.equal(fold('けーたい'), fold('けいたい'));
  assert.equal(fold('ＷｉＦｉ'), 'wifi');
});

test('a slip of one letter is forgiven in a word of four, of two in a word of eight', () => {
  assert.equal(distance('chidl', 'child', 2), 1);
  assert.equal(distance('electrcity', 'electricity', 2), 1);
  assert.ok(likeness('chidl', 'child') > 0);
  assert.equal(likeness('cat', 'car'), 0);
  assert.ok(likeness('registraton', 'registration') > 0);
  assert.ok(likeness('mov', 'moving') > likeness('chidl', 'child'));
});

test('a question falls into words and runs of Japanese', () =>
  assert.deepEqual(pieces(fold('018サポート、my child’s 犬')), ['018', fold('サポート'), 'my', 'childs', '犬']));

test('what is given as an example finds something, in each language the app speaks', async () => {
  for (const language of LANGUAGES) {
    const { texts } = await import(`../text/catalogue/${language}.ts`) as { texts: Record<string, string> };
    for (const n of [1, 2, 3, 4]) assert.notDeepEqual(ids(texts[`search.example${n}`] ?? ''), [], `${language}, example ${n}`);
  }
});
