import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeated } from '../data/repeated.ts';
import type { Reading } from '../data/shapes.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });

const reading = (id: string, changes: Partial<Reading> = {}): Reading => ({
  id, at: `2026-11-27T03:${id.padStart(2, '0')}:00Z`, kind: 'ASKED', source: 'ward', incoming: false, isRefused: false, case: null, law: null,
  who: words('くらしまど'), sourceName: words('区の窓口'), operatorName: words('港区'), purpose: words('申請の状況を確かめるため'),
  basis: words('ご本人の申請'), outcome: words('回答を受け取りました。'), question: null, ...changes,
} as Reading);

const told = (entries: Reading[]) => repeated(entries).map(({ newest, others }) => [newest.id, ...others.map(({ id }) => id)]);

test('status checks of one body are one line, where the newest stands, and no row is lost', () => {
  const entries = [reading('6'), reading('5', { source: 'registry' }), reading('4'), reading('3'), reading('2', { source: 'registry' }), reading('1')];
  assert.deepEqual(told(entries), [['6', '4', '3', '1'], ['5', '2']]);
});

test('another purpose, a refusal or another outcome is told apart', () => {
  const entries = [reading('4'), reading('3', { purpose: words('ホームのため') }), reading('2', { isRefused: true }), reading('1', { outcome: words('回答がありません。') })];
  assert.deepEqual(told(entries), [['4'], ['3'], ['2'], ['1']]);
});

test('what a person looked at, and what she asked about, stand alone', () => {
  const question = { id: 'q' } as NonNullable<Reading['question']>;
  const entries = [reading('5'), reading('4', { question }), reading('3', { kind: 'LOOKED' }), reading('2', { kind: 'LOOKED' }), reading('1')];
  assert.deepEqual(told(entries), [['5', '1'], ['4'], ['3'], ['2']]);
});
