import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoAnswer, pause } from '../data/ask.ts';
import { isSilence } from '../data/family.ts';
import { silence, unread } from '../screens/parts/silence.ts';
import { texts as easy } from '../text/all/easy.ts';
import { texts as en } from '../text/all/en.ts';
import { texts as ja } from '../text/all/ja.ts';
import type { Filling, Key } from '../text/speak.ts';

const speaking = (texts: Record<Key, string>) => ({
  say: (key: Key, filling: Filling = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(filling[name])),
});
const own = { offline: 'account.offline', failed: 'account.failed' } as const;

test('who tried too often is told when to try again, in each language', () => {
  const often = new NoAnswer('busy', 125_000);
  assert.match(silence(speaking(ja), often, own), /3分ほど待ってから.*入力した内容は残っています/);
  assert.match(silence(speaking(easy), often, own), /3分 まって/);
  assert.match(silence(speaking(en), often, own), /wait 3 min /);
  assert.match(silence(speaking(ja), new NoAnswer('busy', 400), own), /1秒ほど/);
  assert.match(silence(speaking(ja), new NoAnswer('busy', 60_000), own), /60秒ほど/);
});

test('without such a word the screen says its own, and nothing twice about the line', () => {
  const words = speaking(ja);
  assert.equal(silence(words, new NoAnswer('busy'), own), ja['account.failed']);
  assert.equal(silence(words, new NoAnswer('unreachable'), own), ja['account.offline']);
  assert.equal(unread(words, new NoAnswer('unreachable'), 'account.failed'), '');
  assert.equal(unread(words, new NoAnswer('fault'), 'account.failed'), ja['account.failed']);
});

test('the pause is what the answer says, in seconds or as a date', () => {
  const answer = (value: string | null) => new Response(null, { status: 429, headers: value === null ? {} : { 'Retry-After': value } });
  assert.equal(pause(answer('90')), 90_000);
  assert.equal(pause(answer(null)), null);
  assert.equal(pause(answer('soon')), null);
  assert.ok(isSilence({ wait: 90_000 }) && !isSilence({ ja: '', easy: '', en: '' }));
});
