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
