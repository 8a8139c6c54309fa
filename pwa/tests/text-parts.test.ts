import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { classesOf, firstSheet, inlined } from '../build/first-css.ts';
import { fetchedLater, keysIn, together, wordsIn } from '../build/text-keys.ts';
import { doorKeys, firstKeys } from '../build/texts.ts';
import { texts } from '../text/all/easy.ts';

const ROOT = join(import.meta.dirname, '..');
const KEYS = Object.keys(texts);
const main = together([join(ROOT, 'main.tsx')]);

test('a room fetched later never asks for a text before all are learnt', async () => {
  const first = await firstKeys(ROOT);
  const all = fetchedLater(main);
  const shownByLater = new Set(all.filter(({ byLater }) => byLater).map(({ file }) => file));
  const careless = all.filter(({ file }) => {
    const unlearnt = [...keysIn(together([file]), KEYS)].filter((key) => !first.has(key));
    return !shownByLater.has(file) && !/\/(text\/all|design)\//.test(file) && unlearnt.length > 0;
  });
  assert.deepEqual(careless, [], 'fetch it by later()');
});

test('the first screens say what is learnt first, templates too, and by far not everything', async () => {
  const first = await firstKeys(ROOT);
  for (const key of ['nav.home', 'nav.settings', 'home.hello', 'loading', 'login.again']) assert.ok(first.has(key), key);
  for (const key of ['account.eraseGoes.1', 'payments.scan.help']) assert.ok(!first.has(key), key);
  assert.ok(first.size * 2 < KEYS.length, `${first.size} of ${KEYS.length}`);
});

test('no class that a first screen wears is missing from the first sheet', () => {
  const [first, whole] = [new Set(classesOf(firstSheet(ROOT))), classesOf(inlined(join(ROOT, 'design/app.css')))];
  const worn = wordsIn(main);
  assert.deepEqual(whole.filter((name) => worn.has(name) && !first.has(name)), []);
  assert.ok(first.size < whole.length);
});

test('what only the door says is no weight on home', async () => {
  const [first, door] = [await firstKeys(ROOT), await doorKeys(ROOT)];
  assert.ok(door.has('login.how1') && !first.has('login.how1'));
});
