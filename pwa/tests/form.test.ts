import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answersToKeep, answersToSend, compareForms, heldOtherwise, isShown, tidy, withAnswers,
} from '../data/form.ts';
import type { Field, Form } from '../data/shapes.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });

const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id, kind, label: words(id), help: null, required: true, maxLength: null, minDate: null, maxDate: null,
  choices: [], showIf: null, refuse: null, prefill: null, term: null, ...more,
});
const form = (...fields: Field[]): Form => ({
  procedure: 'child_allowance_claim', version: '1', subject: null, title: words('児童手当'), intro: words(''),
  submitTo: words('港区'), schema: {}, sections: [{ id: 'one', title: words('一'), fields }],
});

const phone = field('phone', 'PHONE', { maxLength: 14 });
const born = field('born', 'DATE', { minDate: '2025-11-23', maxDate: '2026-11-23' });
const together = field('together', 'YES_NO');
const reason = field('reason', 'LONG_TEXT', { maxLength: 5, showIf: { field: 'together', equals: false } });

test('a telephone number typed with full-width digits is the same number', () =>
  assert.equal(tidy(phone, '０３ー１２３４ー５６７８'), '03-1234-5678'));

test('a name typed in hiragana becomes katakana', () =>
  assert.equal(tidy(field('kana', 'KANA'), 'さとう　はな'), 'サトウ ハナ'));

test('a field hangs on the answer of another and is not sent while hidden', () => {
  const both = form(together, reason);
  assert.equal(isShown(reason, both, { together: true }), false);
  assert.deepEqual(answersToSend(both, { together: true, reason: 'とても' }), { together: true });
});

test('an individual number is never kept', () =>
  assert.deepEqual(answersToKeep({ note: '123456789018', name: '佐藤' }), { name: '佐藤' }));

test('a newer form tells what it asks anew and what it no longer asks', () =>
  assert.deepEqual(compareForms(form(phone, born), form(born, together)), { added: ['together'], removed: ['phone'] }));

test('an answer written in one tab leaves the answers of the other tab alone', () => {
  const refused = [{ field: 'phone', code: 'wrong', message: words('かけられません') }];
  const draft = { answers: { phone: '03', employer: '芝浦' }, refused, savedAt: '9:10' };
  const written = withAnswers(draft, { phone: '03-1234-5678' });
  assert.deepEqual(written, { answers: { phone: '03-1234-5678', employer: '芝浦' }, refused: [], savedAt: '9:10' });
  assert.deepEqual(withAnswers(draft, { employer: '高輪' }).refused, refused);
});

test('an answer with an individual number takes the older one off the device', () =>
  assert.deepEqual(withAnswers({ answers: { note: '前の' }, refused: [] }, { note: '123456789018' }).answers, {}));

test('a screen follows what another tab has written, but for the field she is typing in', () => {
  const kept = { phone: '03', employer: '芝浦', days: ['mon'] };
  const shown = { phone: '03-12', employer: '', days: ['mon'], note: '123456789018' };
  assert.deepEqual(heldOtherwise(kept, shown, (id) => id === 'phone'), { employer: '芝浦' });
});
