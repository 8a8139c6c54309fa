import assert from 'node:assert/strict';
import { test } from 'node:test';
import { easy } from '../text/easy.ts';
import { en } from '../text/en.ts';
import { ja } from '../text/ja.ts';

const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

test('the three languages fill in the same things', () => {
  for (const [key, text] of Object.entries(easy)) {
    assert.deepEqual(blanks(ja[key as keyof typeof ja]), blanks(text), `ja ${key}`);
    assert.deepEqual(blanks(en[key as keyof typeof en]), blanks(text), `en ${key}`);
  }
});

test('a number of any size is counted in words that are said, and a time is no 時点, in easy Japanese', () => {
  const odd = Object.entries(easy).filter(([, text]) => /\}つ|時点/.test(text)).map(([key]) => key);
  assert.deepEqual(odd, []);
});
