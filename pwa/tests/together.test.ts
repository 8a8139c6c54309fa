import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventOf, filedHere, stepsOfEvent } from '../data/events.ts';
import type { Field, Form, Home } from '../data/shapes.ts';
import { faults, isUnknown, merged, pagesOf, placesShown, shared, valueOf, writtenBy } from '../data/together.ts';
import type { Draft } from '../device/drafts.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id, kind, label: words(id), help: null, required: true, maxLength: null, minDate: null, maxDate: null,
  choices: [], showIf: null, refuse: null, prefill: null, term: null, masked: false, ...more,
});
const told = (value: string, source = 'registry') => ({ value, source, asOf: null, writtenFor: null });
const form = (procedure: string, subject: string | null, ...fields: Field[]): Form => ({
  procedure, version: '1', subject, title: words(procedure), intro: words(''), submitTo: words('港区'), signature: 'NONE', signing: 'NONE',
  schema: { type: 'object', properties: {}, required: fields.filter((one) => one.required && !one.showIf).map((one) => one.id) },
  heldBack: [], papers: [], sections: [{ id: 'one', title: words(procedure), fields }],
});
const draft = (of: Form, answers: Draft['answers'] = {}, savedAt = ''): Draft =>
  ({ step: of.procedure, form: of, answers, savedAt, refused: [], changed: null });
const forms = (...drafts: Draft[]) => drafts.map(({ step, form }) => ({ step, form }));

const phone = (id: string, more: Partial<Field> = {}) => field(id, 'PHONE', { term: 'me.phone', ...more });
const name = (id: string, prefill: Field['prefill']) => field(id, 'TEXT', { term: 'me.fullName', prefill });
const agreed = field('agreed', 'AGREEMENT', { label: words('確認に同意します') });

test('what is one thing to her is asked once and written into every form', () => {
  const allowance = draft(form('allowance', null, name('claimant_name', told('佐藤 はな')), phone('claimant_phone', { maxLength: 16 }), agreed));
  const visit = draft(form('visit', 'm-4', name('name', told('佐藤 はな')), phone('phone', { maxLength: 12 }), field('weight', 'NUMBER')));
  const support = draft(form('support', null, phone('tel', { required: false }), agreed));
  const all = merged(forms(allowance, visit, support));
  assert.deepEqual(all.map((asked) => asked.places.map((place) => `${place.step}.${place.field.id}`)), [
    ['allowance.claimant_name', 'visit.name'],
    ['allowance.claimant_phone', 'visit.phone', 'support.tel'],
    ['allowance.agreed', 'support.agreed'],
    ['visit.weight'],
  ]);
  const [known, tel, agreement, weight] = all as [typeof all[0], typeof all[0], typeof all[0], typeof all[0]];
  assert.deepEqual([tel.field.maxLength, tel.field.required], [12, true], 'as strict as the strictest');
  assert.deepEqual(all.filter(isUnknown), [tel, weight], 'what is known is not asked, and an agreement waits for the end');
  assert.deepEqual([...writtenBy(tel, '03')], [['allowance', { claimant_phone: '03' }], ['visit', { phone: '03' }], ['support', { tel: '03' }]]);
  assert.equal(agreement.places.length + known.places.length, 4);
});

test('a child is not another child, and a birthday no choice: the same term is not always the same thing', () => {
  const term = 'subject.healthInsurer';
  const one = form('one', 'm-3', field('insurer', 'TEXT', { term }));
  const other = form('other', 'm-4', field('insurer', 'TEXT', { term }));
  const chosen = form('chosen', 'm-4', field('insurer', 'CHOICE', { term, choices: [{ value: 'ward', label: words('国保') }] }));
  const nobody = form('nobody', null, field('insurer', 'TEXT', { term }));
  assert.equal(merged([one, other, chosen, nobody].map((form) => ({ step: form.procedure, form }))).length, 4);
});

test('where two records tell otherwise each stands by itself, and days that do for no both are asked apart', () => {
  const records = forms(draft(form('one', null, name('a', told('旧姓')))), draft(form('two', null, name('b', told('新姓')))));
  assert.equal(merged(records).length, 2);
  const day = (minDate: string, maxDate: string) => field('day', 'DATE', { term: 'event.day', minDate, maxDate });
  const apart = [form('one', null, day('2026-01-01', '2026-01-31')), form('two', null, day('2026-02-01', '2026-02-28')), form('three', null, day('2026-01-15', '2026-02-10'))];
  const all = merged(apart.map((form) => ({ step: form.procedure, form })));
  assert.deepEqual(all.map((asked) => [asked.field.minDate, asked.field.maxDate, asked.places.length]), [
    ['2026-01-15', '2026-01-31', 2], ['2026-02-01', '2026-02-28', 1],
  ]);
});

test('her own newest word stands in all forms, over what a record told and over what she wrote before', () => {
  const first = draft(form('one', null, name('a', told('佐藤 花')), phone('p')), { a: '佐藤 花', p: '03-1' }, '2026-11-01T00:00:00Z');
  const second = draft(form('two', null, name('b', told('佐藤 花')), phone('q')), { b: '佐藤 はな', q: '03-2' }, '2026-11-02T00:00:00Z');
  const third = draft(form('three', null, phone('r')), {}, '');
  const all = merged(forms(first, second, third));
  assert.deepEqual(shared([first, second, third], all).map((one) => one.answers), [
    { a: '佐藤 はな', p: '03-2' }, { b: '佐藤 はな', q: '03-2' }, { r: '03-2' },
  ]);
  assert.equal(valueOf(all[1] as typeof all[0], [third]), undefined);
});

test('a question is on the screen while any of its forms shows it, and what hangs on it stays on its page', () => {
  const usesOwn = field('own', 'YES_NO', { term: 'me.own' });
  const bank = field('bank', 'NUMBER', { term: 'me.bank', showIf: { field: 'own', equals: false } });
  const one = draft(form('one', null, usesOwn, bank, field('note', 'TEXT', { required: false })), { own: true });
  const other = draft(form('other', null, usesOwn, bank), { own: false });
  const all = merged(forms(one, other));
  const asked = all.find(({ places }) => places[0]?.field.id === 'bank');
  assert.ok(asked);
  assert.deepEqual(placesShown(asked, [one, other]).map((place) => place.step), ['other']);
  const pages = pagesOf(all);
  assert.deepEqual(pages.map(({ wanted, more }) => [wanted.length, more.length]), [[2, 1]]);
});

test('there are few pages, and a section is not torn apart', () => {
  const questions = (of: string, count: number) => form(of, null, ...Array.from({ length: count }, (_, at) => field(`${of}${at}`, 'TEXT')));
  const all = merged([questions('a', 4), questions('b', 2), questions('c', 3), questions('d', 4)].map((form) => ({ step: form.procedure, form })));
  assert.deepEqual(pagesOf(all).map(({ wanted }) => wanted.length), [6, 3, 4]);
  assert.deepEqual(pagesOf([]), []);
});

test('a fault in one form is told at the one question, the house\'s own word first', () => {
  const one = draft(form('one', null, phone('p')), { p: '03-1234-5678' });
  const other: Draft = { ...draft(form('other', null, phone('q'), field('x', 'TEXT')), { q: '03-1234-5678' }), refused: [{ field: 'q', code: 'wrong_pattern', message: words('違います') }] };
  const all = merged(forms(one, other));
  assert.deepEqual([...faults(all, [one, other])], [
    ['t0', { field: 't0', code: 'wrong_pattern', message: words('違います') }],
    ['t1', { field: 't1', code: 'required', message: null }],
  ]);
});

test('a move is one event of three bundles, and no step of it stands twice', () => {
  const bundle = (id: string, ...ids: string[]) => ({ id, steps: ids.map((one) => ({ id: one, form: null, state: 'DUE' })) });
  const home = { bundles: [bundle('moving_out', 'a', 'b'), bundle('moving_in', 'b', 'c'), bundle('care', 'd')] } as unknown as Home;
  assert.deepEqual(stepsOfEvent(home, eventOf('moving_in')).map((step) => step.id), ['a', 'b', 'c']);
});

test('home counts what is filed here or may be, and not what is done elsewhere whatever she answers', () => {
  const step = (id: string, state: string, channel: string, form: unknown = null) => ({ id, state, channel, form });
  const home = { bundles: [{ id: 'childcare', steps: [
    step('claim', 'DUE', 'HERE', {}), step('report', 'ASK', 'HERE'), step('support', 'ASK', 'ONLINE_ELSEWHERE'), step('visit', 'DUE', 'COUNTER'),
  ] }] } as unknown as Home;
  assert.equal(filedHere(home, 'childcare'), 2);
});
