import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { distance, fold, likeness, pieces } from '../data/fold.ts';
import { prepare, search, type SearchIndex } from '../data/search.ts';

/** The real index, as `python -m infra.catalogue write` made it, and questions written by hand. */
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
type Asked = { in: 'ja' | 'easy' | 'en'; ask: string; firstThree: string[] };
const { found, nothing } = read('../../tests/search/questions.json') as { found: Asked[]; nothing: string[] };
const searcher = prepare(read('../open/search.json') as SearchIndex);
const ids = (question: string, most?: number) => search(searcher, question, most).map(({ id }) => id);

for (const { ask, firstThree } of found) {
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
  assert.deepEqual(nothing.map((question) => [question, ids(question)]), nothing.map((question) => [question, []]));
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
