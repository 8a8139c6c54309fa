import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from '../data/upload.ts';

const answer = (status: number, body: unknown, retryAfter: string | null = null) =>
  ({ status, responseText: body === null ? '' : JSON.stringify(body), getResponseHeader: () => retryAfter });
const message = { ja: '大きすぎます', easy: '大きすぎます', en: 'too large' };

test('a file that was taken has its id, and one that was not has its sentence', () => {
  const taken = { id: 'u1', mediaType: 'image/jpeg', size: 3 };
  assert.deepEqual(outcomeOf(answer(201, taken)), { taken });
  assert.deepEqual(outcomeOf(answer(422, { why: 'kind', message })), { refused: { why: 'kind', message, retryAfter: null } });
});

test('tried too often says when to go on; no answer has a sentence of its own', () => {
  const often = outcomeOf(answer(429, { message }, '180'));
  assert.deepEqual(often, { refused: { why: 'too_often', message, retryAfter: 180_000 } });
  const silent = outcomeOf(answer(0, null));
  assert.ok('refused' in silent && silent.refused.message.easy);
  const large = outcomeOf(answer(413, null));
  assert.ok('refused' in large && large.refused.why === 'too_large');
});
