import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDigit, containsIndividualNumber } from '../data/individual-number.ts';

// 12345678901 by hand: 1×2+0×3+9×4+8×5+7×6+6×7 + 5×2+4×3+3×4+2×5+1×6 = 212; 212 mod 11 = 3; 11 − 3 = 8.
test('the check digit of 12345678901 is 8', () => assert.equal(checkDigit('12345678901'), 8));

test('it is found whole, in groups and in full width', () => {
  for (const text of ['123456789018', '1234-5678-9018', '1234 5678 9018', '１２３４５６７８９０１８', '番号は1234−5678−9018です']) {
    assert.ok(containsIndividualNumber(text), text);
  }
});

test('a telephone number, a wrong check digit and a longer number are left alone', () => {
  for (const text of ['03-1234-5678', '123456789012', '1234567890180000', '']) assert.ok(!containsIndividualNumber(text), text);
});
