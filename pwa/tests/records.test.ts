import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canBeAsked, countOf, isAgreed, sentTo, stillKept, together } from '../data/records.ts';
import type { BodyRecord } from '../data/shapes.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const line = (label: string) => ({ label: words(label), values: [], masked: false });
const body = (id: string, more: Partial<BodyRecord> = {}): BodyRecord => ({
  id, operator: 'WARD', state: 'NOT_YET', isAskedWithHome: false, asOf: null, keptUntil: null, stoppedAt: null,
  silentSince: null, agreedAt: null, law: '条例', confidence: 'C', isPublic: false, link: null, name: words(id),
  operatorName: words('区'), note: words(''), why: null, sends: [words('氏名'), words('住所')], purpose: words(''),
  basis: words(''), onlyFor: [], shut: null, outage: null, content: { lines: [], groups: [] }, ...more,
});
const known = (id: string, more: Partial<BodyRecord> = {}): BodyRecord => body(id, {
  state: 'KNOWN', agreedAt: '2026-11-23T09:00:00+09:00', asOf: '2026-11-23T09:10:00+09:00',
  keptUntil: '2026-12-23T09:10:00+09:00', content: { lines: [line('状態')], groups: [] }, ...more,
});
const ids = (records: BodyRecord[]) => records.map(({ id }) => id);

test('one press asks those never asked; when there are none, those she has agreed to, and never one she has stopped', () => {
  const stopped = body('b', { state: 'STOPPED', stoppedAt: '2026-11-23T09:00:00+09:00' });
  const link = body('c', { state: 'NOT_CONNECTED' });
  const nowhere = body('d', { state: 'NOT_ASKED' });
  assert.deepEqual(ids(together([body('a'), known('k'), stopped, link, nowhere])), ['a']);
  assert.deepEqual(ids(together([known('k'), known('g', { state: 'GAP' }), stopped, link, nowhere])), ['k', 'g']);
  assert.deepEqual([stopped, link, nowhere].map(canBeAsked), [true, false, false]);
  assert.deepEqual([stopped, known('k')].map(isAgreed), [false, true]);
});

test('what leaves the house for several bodies is told once each', () => {
  const more = body('b', { sends: [words('氏名'), words('生年月日')] });
  assert.deepEqual(sentTo([body('a'), more]).map(({ ja }) => ja), ['氏名', '住所', '生年月日']);
});

test('what may be kept until noon is not shown at noon, with or without a network', () => {
  const record = known('k', { keptUntil: '2026-11-23T12:00:00+09:00' });
  assert.equal(stillKept(record, Date.parse('2026-11-23T11:59:59+09:00')), record);
  const over = stillKept(record, Date.parse('2026-11-23T12:00:00+09:00'));
  assert.deepEqual([over.state, over.asOf, over.content], ['WAITING', null, { lines: [], groups: [] }]);
  const silent = stillKept({ ...record, state: 'GAP' }, Date.parse('2026-11-23T12:00:00+09:00'));
  assert.deepEqual([silent.state, silent.asOf], ['GAP', null]);
});

test('what a body told is counted line by line, and a list with nothing in it is one', () => {
  const entry = { lines: [line('a'), line('b')], groups: [] };
  const content = { lines: [line('状態')], groups: [{ label: null, entries: [entry, entry] }, { label: null, entries: [] }] };
  assert.equal(countOf(known('k', { content })), 6);
});
