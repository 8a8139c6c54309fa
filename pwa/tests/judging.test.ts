import assert from 'node:assert/strict';
import { test } from 'node:test';
import table from '../../tests/shape/judged_answers.json' with { type: 'json' };
import { fieldsOf, isEmpty } from '../data/form.ts';
import { check, errorOf, judge } from '../data/judging.ts';
import type { Answers, Form } from '../data/shapes.ts';

const form = table.form as unknown as Form;
const whole = table.whole as Answers;
const field = (id: string) => {
  const found = fieldsOf(form).find((one) => one.id === id);
  assert.ok(found);
  return found;
};
const filled = (answers: Answers) => Object.fromEntries(Object.entries(answers).filter(([, value]) => !isEmpty(value)));
const codes = (errors: { field: string; code: string }[]) => Object.fromEntries(errors.map((one) => [one.field, one.code]));

for (const { name, change, errors } of table.cases) {
  test(`the phone judges as the table says: ${name}`, () =>
    assert.deepEqual(codes(judge(form, filled({ ...whole, ...(change as unknown as Answers) }))), errors));
}

test('errors come in the order of the form', () =>
  assert.deepEqual(check(form, { ...whole, agreed: false, name: '' }).map((one) => one.field), ['name', 'agreed']));

test('what she types by full-width digits and hiragana is tidied before it is judged', () =>
  assert.deepEqual(check(form, { ...whole, phone: '０３ー１２３４ー５６７８', kana: 'さとう' }), []));

test('what is hidden is neither judged nor missed', () =>
  assert.deepEqual(check(form, { ...whole, together: true, reason: 'とても長い理由が書いてあります' }), []));

test('a form may end at an answer, in its own words', () =>
  assert.deepEqual(check(form, { ...whole, servant: true }), [
    { field: 'servant', code: 'to_your_office', message: { ja: '勤め先へ', easy: '勤め先へ', en: '勤め先へ' } },
  ]));

test('on leaving a field only its own fault is told', () => {
  const written = { name: 'なまえがながい', phone: '12' };
  assert.deepEqual(errorOf(form, written, field('phone')), { field: 'phone', code: 'wrong_pattern', message: null });
  assert.equal(errorOf(form, { ...written, phone: '03-1234-5678' }, field('phone')), null);
});

test('a form that was kept before it had a schema is judged by the house alone', () =>
  assert.deepEqual(judge({ ...form, schema: undefined } as unknown as Form, { name: 'なまえがながい' }), []));
