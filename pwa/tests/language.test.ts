import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, worthAsking } from '../device/language-rule.ts';

const chose = { isUnheard: true }, choseNothing = { isUnheard: false };
const account = (account: 'ja' | 'vi', accountChosen = true) => ({ account, accountChosen });

test('what she chose on this device is told to her account, once', () => {
  assert.equal(settled({ here: 'pt', ...chose, ...account('ja', false) }), 'tell');
  assert.equal(settled({ here: 'pt', ...chose, ...account('vi') }), 'tell');
  assert.equal(settled({ here: 'vi', ...chose, ...account('vi') }), 'heard');
});

test('a phone that speaks English by itself follows what she chose before, and tells an account nothing', () => {
  assert.deepEqual(settled({ here: 'en', ...choseNothing, ...account('ja') }), { follow: 'ja' });
  assert.deepEqual(settled({ here: 'en', ...choseNothing, ...account('vi') }), { follow: 'vi' });
  assert.deepEqual(settled({ here: 'en', ...choseNothing, ...account('ja', false) }), { follow: null });
});

test('what the account never heard as Japanese because nobody chose it, is told when she does choose Japanese', () => {
  assert.equal(settled({ here: 'ja', ...chose, ...account('ja', false) }), 'tell');
});

test('a phone in another language than her account is asked about it, one that speaks the same is not', () => {
  assert.deepEqual(worthAsking(['en'], 'ja'), ['en', 'ja', 'easy']);
  assert.deepEqual(worthAsking(['ja'], 'vi'), ['ja', 'easy', 'vi']);
  assert.deepEqual(worthAsking(['vi', 'en'], 'vi'), []);
  assert.deepEqual(worthAsking(['ja'], 'easy'), []);
  assert.deepEqual(worthAsking([], 'vi'), [], 'a phone in none of ours has nothing to offer');
});

test('who has chosen nothing anywhere is asked for the phone’s languages, unless the phone speaks Japanese', () => {
  assert.deepEqual(worthAsking(['pt', 'en'], null), ['pt', 'en', 'ja', 'easy']);
  assert.deepEqual(worthAsking([], null), ['ja', 'easy', 'en']);
  assert.deepEqual(worthAsking(['ja', 'en'], null), []);
});
