import assert from 'node:assert/strict';
import { test } from 'node:test';
import cases from '../../tests/shape/individual_numbers.json' with { type: 'json' };
import { checkDigit, containsIndividualNumber, numbersIn } from '../data/individual-number.ts';

// 12345678901 by hand: 1×2+0×3+9×4+8×5+7×6+6×7 + 5×2+4×3+3×4+2×5+1×6 = 212; 212 mod 11 = 3; 11 − 3 = 8.
test('the check digit of 12345678901 is 8', () => assert.equal(checkDigit('12345678901'), 8));

test('it is found however she writes it', () => {
  for (const { how, text } of cases.found) {
    assert.ok(containsIndividualNumber(text), how);
    assert.ok(containsIndividualNumber(`番号は${text}です`), how);
  }
});

test('other numbers are left alone', () => {
  for (const { what, text } of cases.innocent) assert.ok(!containsIndividualNumber(text), what);
});

test('a very long text is read in the blink of an eye', () => {
  const begun = performance.now();
  assert.ok(!containsIndividualNumber('1 '.repeat(5_000) + '1'.repeat(10_000) + '\u200b'.repeat(10_000)));
  assert.ok(performance.now() - begun < 1_000);
});

test('what she writes to a school is looked at on the phone, field by field, before it is kept', () =>
  assert.deepEqual(numbersIn({ reason: '熱が38度', note: '１２３４ ５６７８ ９０１８', pickUp: '' }), ['note']));
