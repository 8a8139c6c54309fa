import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answersToKeep, answersToSend, carry, compareForms, heldOtherwise, isHeldBack, isLetFill, isNewer, isShown, takeOut, tidy,
  unmask, withAnswers,
} from '../data/form.ts';
import type { Field, Form } from '../data/shapes.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });

const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id, kind, label: words(id), help: null, required: true, maxLength: null, minDate: null, maxDate: null,
  choices: [], showIf: null, refuse: null, prefill: null, term: null, masked: false, ...more,
});
const form = (...fields: Field[]): Form => ({
  procedure: 'child_allowance_claim', version: '1', subject: null, title: words('児童手当'), intro: words(''),
  submitTo: words('港区'), signature: 'NONE', signing: 'NONE', schema: {}, heldBack: [], papers: [], sections: [{ id: 'one', title: words('一'), fields }],
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
  assert.deepEqual(
    compareForms(form(phone, born), form(born, together)),
    { added: ['together'], removed: [{ label: phone.label, answer: null }], choices: [] },
  ));

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

test('a telephone number with +81 is the one dialled here', () => {
  for (const abroad of ['+81 90 1234 5678', '＋81-90-1234-5678', '+81(0)90-1234-5678', '+81-090-1234-5678'])
    assert.match(String(tidy(phone, abroad)), /^090-?1234-?5678$/);
  assert.equal(tidy(phone, '+1-212-555-0100'), '+1-212-555-0100');
});

const onDay = (minDate: string): Form => ({
  ...form(field('visit', 'DATE', { minDate }), phone), schema: { properties: { visit: { formatMinimum: minDate } } },
});
const monday = { answers: { visit: '2026-11-24', phone: '03' }, form: onDay('2026-11-24'), savedAt: '2026-11-23T09:00:00Z', changed: null };

test('a draft of yesterday gets the days of today, and nothing else changes', () => {
  const today = onDay('2026-11-25');
  assert.equal(isNewer(today, '2026-11-24T08:00:00Z', monday), true);
  const carried = carry(monday, today);
  assert.deepEqual([carried.form.schema, carried.form.sections[0]?.fields[0]?.minDate], [today.schema, '2026-11-25']);
  assert.deepEqual([carried.answers, carried.changed, carried.savedAt], [monday.answers, null, monday.savedAt]);
  assert.equal(isNewer(today, '2026-11-24T08:00:00Z', carried), false);
});

test('a form heard of before she last wrote is not newer, and neither is the same one heard again', () => {
  assert.equal(isNewer(onDay('2026-11-25'), '2026-11-23T08:00:00Z', monday), false);
  assert.equal(isNewer(onDay('2026-11-24'), '2026-11-24T08:00:00Z', monday), false);
});

test('what was known stays known when only the days change', () => {
  const known = { value: '03', source: 'entered', asOf: null, writtenFor: null };
  const before = { ...monday, form: form({ ...phone, prefill: known }) };
  assert.deepEqual(carry(before, form(phone)).form.sections[0]?.fields[0]?.prefill, known);
});

test('what a source filled in leaves a draft when she takes that back, what she put right stays, and her yes brings it again', () => {
  const told = (value: string) => ({ value, source: 'registry', asOf: null, writtenFor: null });
  const filled = [field('name', 'TEXT', { prefill: told('佐藤') }), field('kana', 'KANA', { prefill: told('サトウ') })];
  const before = { ...monday, form: form(...filled), answers: { name: '佐藤', kana: 'サトー', note: 'はい' } };
  const bare = { ...form(...filled.map((one) => ({ ...one, prefill: null }))), heldBack: ['registry'] };
  assert.equal(isHeldBack(bare, before), true);
  const after = takeOut(before, bare);
  assert.deepEqual(after.answers, { kana: 'サトー', note: 'はい' });
  assert.deepEqual(after.form, bare);
  assert.equal(isHeldBack(bare, after), false);
  assert.equal(isLetFill(form(...filled), after), true);
  assert.deepEqual(unmask(after, form(...filled)).answers, { name: '佐藤', kana: 'サトー', note: 'はい' });
});
