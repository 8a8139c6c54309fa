import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asHers, correctedIn, ENTERED, isAllKnown, withEarlier } from '../data/earlier.ts';
import { fieldsOf } from '../data/form.ts';
import type { Field, Form } from '../data/shapes.ts';
import type { Draft } from '../device/drafts.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id, kind, label: words(id), help: null, required: true, maxLength: null, minDate: null, maxDate: null,
  choices: [], showIf: null, refuse: null, prefill: null, term: null, masked: false, ...more,
});
const form = (title: string, subject: string | null, ...fields: Field[]): Form => ({
  procedure: title, version: '1', subject, title: words(title), intro: words(''), submitTo: words(''), signature: 'NONE', signing: 'NONE', schema: {}, heldBack: [], papers: [],
  sections: [{ id: 'one', title: words(''), fields }],
});
const draft = (step: string, written: Form, answers: Draft['answers'], savedAt: string): Draft =>
  ({ step, form: written, answers, savedAt, refused: [], changed: null });
const told = (value: string, source: string, asOf: string) => ({ value, source, asOf, writtenFor: null });
const prefillOf = (one: Form, id: string) => fieldsOf(one).find((each) => each.id === id)?.prefill;

const phone = field('phone', 'PHONE', { term: 'me.phone' });
const contact = field('contact', 'PHONE', { term: 'me.phone' });
const claim = draft('claim', form('児童手当', null, phone), { phone: '090-1234-5678' }, '2026-11-23T09:00:00Z');

test('a telephone number written in one draft stands in the next form, with where it is from', () =>
  assert.deepEqual(prefillOf(withEarlier(form('転出届', null, contact), 'move', [claim], []), 'contact'), {
    value: '090-1234-5678', source: ENTERED, asOf: '2026-11-23T09:00:00Z', writtenFor: words('児童手当'),
  }));

test('the newest wins, on the device or from the house', () => {
  const newer = draft('other', form('医療証', null, phone), { phone: '03-1111-2222' }, '2026-11-24T09:00:00Z');
  const heard = { ...contact, prefill: told('03-9999-9999', ENTERED, '2026-11-25T09:00:00Z') };
  assert.equal(prefillOf(withEarlier(form('転出届', null, contact), 'move', [newer, claim], []), 'contact')?.value, '03-1111-2222');
  assert.equal(prefillOf(withEarlier(form('転出届', null, heard), 'move', [newer, claim], []), 'contact')?.value, '03-9999-9999');
});

test('a record is never overwritten by what was typed', () => {
  const recorded = { ...contact, prefill: told('03-0000-0000', 'registry', '2020-01-01T00:00:00Z') };
  assert.equal(prefillOf(withEarlier(form('転出届', null, recorded), 'move', [claim], []), 'contact')?.source, 'registry');
});

test('a draft is not offered to itself, and what is about one child is not offered for another', () => {
  assert.equal(prefillOf(withEarlier(claim.form, 'claim', [claim], []), 'phone'), null);
  const blood = field('blood', 'TEXT', { term: 'subject.bloodType' });
  const yui = draft('yui', form('入園', 'm-3', blood), { blood: 'A' }, '2026-11-23T09:00:00Z');
  assert.equal(prefillOf(withEarlier(form('医療証', 'm-4', blood), 'nao', [yui], []), 'blood'), null);
  assert.equal(prefillOf(withEarlier(form('医療証', 'm-3', blood), 'yui2', [yui], []), 'blood')?.value, 'A');
});

test('what a record told and she changed is marked as corrected', () => {
  const name = field('name', 'TEXT', { prefill: told('佐藤 はな', 'registry', '2026-11-01T00:00:00Z') });
  assert.deepEqual(correctedIn(form('一', null, name, phone), { name: '佐藤 華', phone: '03' }), ['name']);
  assert.deepEqual(correctedIn(form('一', null, name, phone), { name: '佐藤 はな' }), []);
});

test('a form with everything known is only read over and agreed to', () => {
  const name = field('name', 'TEXT', { prefill: told('佐藤 はな', 'registry', '2026-11-01T00:00:00Z') });
  const note = field('note', 'LONG_TEXT', { required: false });
  const whole = form('一', null, name, note, field('agreed', 'AGREEMENT'));
  assert.equal(isAllKnown(whole, { name: '佐藤 はな' }), true);
  assert.equal(isAllKnown(whole, { name: '佐藤 はな', note: '急ぎです' }), false);
  assert.equal(isAllKnown(form('一', null, name, phone), { name: '佐藤 はな' }), false);
});

test('what comes back to her is hers, as what she sent, and is never sent on unread; a record stays what it is', () => {
  const heard = { ...contact, prefill: told('03-9999-9999', ENTERED, '2026-11-25T09:00:00Z') };
  const record = field('name', 'TEXT', { prefill: told('佐藤 はな', 'registry', '2026-11-20T09:00:00Z') });
  const sent = { contact: '03-1111-1111', name: '佐藤 華' };
  const back = asHers(form('転出届', null, heard, record), sent, '2026-11-24T09:00:00Z');
  assert.deepEqual(prefillOf(back, 'contact'), told('03-1111-1111', 'sent', '2026-11-24T09:00:00Z'));
  assert.equal(prefillOf(back, 'name')?.source, 'registry');
  assert.deepEqual(correctedIn(back, { ...sent, contact: '03-2222-2222' }), ['name']);
  assert.equal(isAllKnown(form('二', null, ...fieldsOf(asHers(form('二', null, phone), { phone: '03' }, null))), { phone: '03' }), false);
});

test('what belongs to one storm is offered for 90 days, and a day that could not be sent not at all', () => {
  const where = field('where', 'TEXT', { term: 'event.damagedAddress' });
  const storm = draft('debris', form('土砂', null, where), { where: '芝公園' }, '2026-11-23T09:00:00Z');
  const on = (day: string) => prefillOf(withEarlier(form('応急', null, where), 'repair', [storm], [], new Date(day)), 'where')?.value;
  assert.equal(on('2027-02-20T09:00:00Z'), '芝公園');
  assert.equal(on('2027-02-21T09:00:00Z'), undefined);
  const day = field('visit', 'DATE', { term: 'me.visit', minDate: '2026-11-24', maxDate: '2026-11-30' });
  const offered = (visit: string) =>
    prefillOf(withEarlier(form('二', null, day), 'two', [draft('one', form('一', null, day), { visit }, '2026-11-23T09:00:00Z')], []), 'visit')?.value;
  assert.deepEqual(['2026-11-23', '2026-11-24', '2026-12-01'].map(offered), [undefined, '2026-11-24', undefined]);
});
