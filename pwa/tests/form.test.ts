import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answersToKeep, answersToSend, check, checkField, compareForms, heldOtherwise, isShown, tidy, withAnswers,
} from '../data/form.ts';
import type { Field, Form } from '../data/shapes.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });

const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id, kind, label: words(id), help: null, required: true, maxLength: null, pattern: null, minDate: null, maxDate: null,
  choices: [], showIf: null, refuse: null, prefill: null, ...more,
});
const form = (...fields: Field[]): Form => ({
  procedure: 'child_allowance_claim', version: '1', subject: null, title: words('児童手当'), intro: words(''),
  submitTo: words('港区'), sections: [{ id: 'one', title: words('一'), fields }],
});

const phone = field('phone', 'PHONE', { maxLength: 14, pattern: String.raw`0[0-9]{1,4}\-?[0-9]{1,4}\-?[0-9]{3,4}` });
const born = field('born', 'DATE', { minDate: '2025-11-23', maxDate: '2026-11-23' });
const together = field('together', 'YES_NO');
const reason = field('reason', 'LONG_TEXT', { maxLength: 5, showIf: { field: 'together', equals: false } });

test('a required answer that is missing is asked for, an optional one is not', () => {
  assert.equal(checkField(phone, undefined), 'required');
  assert.equal(checkField({ ...phone, required: false }, '  '), null);
  assert.equal(checkField(field('agree', 'AGREEMENT'), false), 'required');
});

test('no is an answer', () => assert.equal(checkField(together, false), null));

test('a telephone number typed with full-width digits is the same number', () => {
  assert.equal(tidy(phone, '０３ー１２３４ー５６７８'), '03-1234-5678');
  assert.equal(checkField(phone, '０３ー１２３４ー５６７８'), null);
  assert.equal(checkField(phone, '12'), 'wrong_pattern');
});

test('a name typed in hiragana becomes katakana', () =>
  assert.equal(tidy(field('kana', 'KANA'), 'さとう　はな'), 'サトウ ハナ'));

test('a birthday must stand in the calendar and in the window', () => {
  assert.equal(checkField(born, '2026-02-30'), 'not_a_date');
  assert.equal(checkField(born, '2025-11-22'), 'too_early');
  assert.equal(checkField(born, '2026-11-24'), 'too_late');
  assert.equal(checkField(born, '2026-11-23'), null);
});

test('an answer that was never offered is refused', () => {
  const pension = field('pension', 'CHOICE', { choices: [{ value: 'national', label: words('国民年金') }] });
  assert.equal(checkField(pension, 'other'), 'not_a_choice');
  assert.equal(checkField({ ...pension, kind: 'MANY_CHOICE' }, ['national', 'other']), 'not_a_choice');
});

test('length is counted in characters, as a person counts them', () => {
  const name = field('name', 'TEXT', { maxLength: 2 });
  assert.equal(checkField(name, '𠮷野'), null);
  assert.equal(checkField(name, '𠮷野家'), 'too_long');
});

test('a character that cannot be printed is refused, a new line in a longer text is not', () => {
  assert.equal(checkField(field('name', 'TEXT'), 'は\u0007な'), 'control_character');
  assert.equal(checkField(field('text', 'LONG_TEXT'), 'は\nな'), null);
});

test('a field hangs on the answer of another and is neither checked nor sent while hidden', () => {
  const both = form(together, reason);
  assert.equal(isShown(reason, both, { together: true }), false);
  assert.deepEqual(check(both, { together: true, reason: 'とても長い理由です' }), []);
  assert.deepEqual(answersToSend(both, { together: true, reason: 'とても' }), { together: true });
  assert.deepEqual(check(both, { together: false }), [{ field: 'reason', code: 'required', message: null }]);
});

test('a form may end at an answer, in its own words', () => {
  const message = words('勤め先に請求してください');
  const servant = field('servant', 'YES_NO', { refuse: { equals: true, code: 'public_servant', message } });
  assert.deepEqual(check(form(servant), { servant: true }), [{ field: 'servant', code: 'public_servant', message }]);
  assert.deepEqual(check(form(servant), { servant: false }), []);
});

test('an individual number is refused and never kept', () => {
  assert.equal(checkField(field('note', 'TEXT'), '番号は 1234 5678 9018'), 'individual_number');
  assert.deepEqual(answersToKeep({ note: '123456789018', name: '佐藤' }), { name: '佐藤' });
});

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
