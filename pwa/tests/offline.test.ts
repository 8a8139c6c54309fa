import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../data/canonical.ts';
import { codeIn, inFives, keysOf, newCode, packed, unpacked } from '../data/carry.ts';
import { aheadOf, completedAt } from '../data/clock.ts';
import { compareForms } from '../data/form.ts';
import { isOpen, merged, otherThan, settled, withWritten } from '../data/merging.ts';
import { isTooSmall, moved, nearest, sizeOf, WHOLE } from '../data/picture.ts';
import type { Field, Form } from '../data/shapes.ts';
import type { Draft } from '../device/drafts.ts';
import { isDue, standingOf, type OutboxItem } from '../device/outbox.ts';
import { isSealed, newKey, seal, unseal } from '../device/sealing.ts';
import { isSameWriting } from '../device/shelves.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const choice = (value: string) => ({ value, label: words(value) });
const field = (id: string, ...choices: string[]): Field => ({
  id, kind: choices.length ? 'CHOICE' : 'TEXT', label: words(id), help: null, required: true, maxLength: null, minDate: null,
  maxDate: null, choices: choices.map(choice), showIf: null, refuse: null, prefill: null, term: null, masked: false,
});
const form = (...fields: Field[]): Form => ({
  procedure: 'claim', version: '1', subject: null, title: words('請求'), intro: words(''), submitTo: words('港区'), signature: 'NONE',
  signing: 'NONE', schema: {}, heldBack: [], papers: [], sections: [{ id: 'one', title: words('一'), fields }],
});
const draft = (answers: Draft['answers'], more: Partial<Draft> = {}): Draft => ({
  step: 'claim', form: form(field('phone'), field('employer')), answers, savedAt: '2026-11-27T09:00:00Z', refused: [], changed: null, ...more,
});

test('what is sealed is read with its key alone, says nothing by itself, and nobody can take the key away', async () => {
  const [own, other] = [await newKey(), await newKey()];
  const sealed = await seal({ name: '佐藤 はな' }, own);
  assert.deepEqual(await unseal(sealed, own), { name: '佐藤 はな' });
  await assert.rejects(unseal(sealed, other));
  await assert.rejects(crypto.subtle.exportKey('raw', own.key));
  assert.equal(new TextDecoder().decode(sealed.data).includes('はな'), false);
  assert.deepEqual([isSealed(sealed), isSealed(draft({ phone: '03' })), isSealed(undefined)], [true, false, false]);
  assert.equal(isSameWriting(sealed, structuredClone(sealed)), true);
  assert.equal(isSameWriting(sealed, await seal({ name: '佐藤 はな' }, own)), false, 'the same words written once more');
  assert.deepEqual([isSameWriting(undefined, undefined), isSameWriting(undefined, sealed)], [true, false]);
});

test('a field in which another window wrote meanwhile keeps both until she chooses; the other fields are no matter', () => {
  const lying = draft({ phone: '03-1111-1111', employer: '芝浦商店' }, { written: { phone: '2026-11-27T09:01:00Z' } });
  const now = '2026-11-27T09:02:00Z';
  const both = withWritten(lying, { phone: '03-2222-2222' }, { phone: null }, now);
  assert.deepEqual(both.conflicts, { phone: { other: '03-1111-1111', at: '2026-11-27T09:01:00Z' } });
  const typing = withWritten({ ...both, answers: { phone: '03-2222-2222' } }, { phone: '03-2222-22' }, { phone: '03-2222-2222' }, now);
  assert.equal(typing.conflicts?.phone?.other, '03-1111-1111', 'she types on');
  const newer = withWritten({ ...both, answers: { phone: '03-2222-2222' } }, { phone: '03-1111-11119' }, { phone: '03-1111-1111' }, now);
  assert.equal(newer.conflicts?.phone?.other, '03-2222-2222', 'the other window types on');
  assert.equal(otherThan({ ...both, answers: { phone: '03-2222-2222' } }, 'phone', '03-1111-1111'), '03-2222-2222');
  assert.deepEqual(withWritten(lying, { phone: '03-3' }, { phone: '03-1111-1111' }, now).conflicts, {}, 'she saw it and wrote over it');
  assert.deepEqual(withWritten(draft({}), { phone: '03-3' }, { phone: null }, now).conflicts, {}, 'nothing lay there');
  const chosen = settled({ ...both, answers: { phone: '03-2222-2222' } }, 'phone', '03-1111-1111', now);
  assert.deepEqual([chosen.answers.phone, isOpen(chosen)], ['03-1111-1111', false]);
});

test('a draft of another phone is laid over the one that lies here, field by field', () => {
  const theirs = draft({ phone: '03-1', employer: '高輪' }, { written: { phone: '2026-11-27T08:00:00Z' } });
  assert.equal(merged(null, theirs), theirs);
  const one = merged(draft({ phone: '03-2', employer: '' }), theirs);
  assert.deepEqual(one.answers, { phone: '03-2', employer: '高輪' });
  assert.deepEqual(one.conflicts, { phone: { other: '03-1', at: '2026-11-27T08:00:00Z' } });
  assert.equal(isOpen(merged(draft({ phone: '03-1' }), theirs)), false);
});

test('a code is read as it was typed, and what the house is told of it is neither the code nor its key', async () => {
  const code = newCode();
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{20}$/);
  assert.equal(codeIn(inFives(code).toLowerCase()), code);
  assert.equal(codeIn('oil00-00000-00000-00000'), '01100000000000000000');
  assert.deepEqual([codeIn(''), codeIn(`${code}1`), codeIn(`U${code.slice(1)}`)], [null, null, null]);
  const [first, again, other] = [await keysOf(code), await keysOf(code), await keysOf(newCode())];
  assert.match(first.name, /^[0-9a-f]{64}$/);
  assert.deepEqual([first.name === again.name, first.name === other.name], [true, false]);
  await assert.rejects(crypto.subtle.exportKey('raw', first.key));
});

test('a draft goes over whole, with its photographs and without their keys on this phone', async () => {
  const paper = { id: 'p', paper: 'passport', mediaType: 'image/jpeg', size: 3, key: 'secret' };
  const bytes = await packed(draft({ phone: '03' }, { papers: [paper] }), [new Blob([new Uint8Array([1, 2, 3])])]);
  assert.equal(new TextDecoder().decode(bytes).includes('secret'), false);
  const { draft: got, files } = unpacked(bytes);
  assert.deepEqual([got.answers, got.papers[0]?.paper], [{ phone: '03' }, 'passport']);
  assert.deepEqual([...new Uint8Array(await (files[0] ?? new Blob()).arrayBuffer())], [1, 2, 3]);
});

test('a wrong clock is put right by what the house says, and a moment that cannot be is now', () => {
  const hour = 3_600_000;
  assert.equal(aheadOf(0, 2 * hour, 2 * hour + 100), 2 * hour + 50);
  assert.equal(aheadOf(0, 240_000, 240_100), 0, 'four minutes are no fault');
  const now = new Date('2026-11-27T09:00:00Z');
  assert.deepEqual(completedAt(new Date('2026-11-27T10:00:00Z'), 2 * hour, now), { at: new Date('2026-11-27T08:00:00Z'), clockAhead: 7200 });
  assert.deepEqual(completedAt(new Date('2026-11-20T09:00:00Z'), 0, now), { at: new Date('2026-11-20T09:00:00Z'), clockAhead: null }, 'a week ago');
  assert.deepEqual(completedAt(new Date('2026-11-28T09:00:00Z'), 0, now), { at: now, clockAhead: 86_400 }, 'the clock was set since');
  assert.deepEqual(completedAt(new Date('1970-01-02T00:00:00Z'), 0, now).at, now);
});

test('a pause reckoned by a clock that was set back is over', () => {
  assert.deepEqual([isDue({ notBefore: 5 }, 5), isDue({ notBefore: 60_000 }, 5), isDue({ notBefore: 86_400_000 }, 5)], [true, false, true]);
});

test('each state of what waits is one word', () => {
  const item = { outcome: { state: 'waiting' }, tries: 0, needsSignIn: false } as OutboxItem;
  assert.equal(standingOf(item), 'waiting');
  assert.equal(standingOf({ ...item, tries: 1 }), 'retry');
  assert.equal(standingOf({ ...item, tries: 1, needsSignIn: true }), 'signIn');
  assert.equal(standingOf({ ...item, needsProof: { cardOnly: true } }), 'proof');
  assert.equal(standingOf({ ...item, outcome: { state: 'sending' } }), 'sending');
  assert.equal(standingOf({ ...item, outcome: { state: 'refused', message: words(''), fields: [] } }), 'refused');
});

test('a form that has changed tells its choices too, and what stood where nothing is asked now', () => {
  const changed = compareForms(form(field('phone'), field('bank', 'a', 'b')), form(field('bank', 'b', 'c'), field('reason')), { phone: '03' });
  assert.deepEqual(changed, {
    added: ['reason'], removed: [{ label: words('phone'), answer: '03' }],
    choices: [{ field: 'bank', gone: [words('a')], fresh: [words('c')] }],
  });
});

test('an edge follows the finger and never passes the other; what is cut small says so', () => {
  assert.deepEqual(sizeOf(4000, 3000, WHOLE), { width: 2000, height: 1500 });
  assert.deepEqual(sizeOf(800, 600, moved(WHOLE, 'right', 0.5)), { width: 400, height: 600 });
  assert.equal(isTooSmall({ width: 400, height: 600 }), true);
  assert.deepEqual(moved({ ...WHOLE, right: 0.5 }, 'left', 0.9).left, 0.45);
  assert.deepEqual([nearest(WHOLE, 0.02, 0.5), nearest(WHOLE, 0.9, 0.05)], [['left'], ['right', 'top']]);
});

test('photographs have a place in the bytes that are signed, and none where there are none (RFC 8785)', () => {
  const sent = { form: { procedure: 'p', version: '1', subject: null }, ward: '131032', answers: {}, completedAt: '2026-11-27T18:00:00+09:00' };
  const tail = '"completedAt":"2026-11-27T09:00:00Z","procedure":"p","subject":null,"version":"1","ward":"131032"}';
  assert.equal(canonical(sent), `{"answers":{},${tail}`);
  assert.equal(canonical({ ...sent, papers: [{ paper: 'passport', digest: 'ab' }] }), `{"answers":{},"attachments":[{"digest":"ab","paper":"passport"}],${tail}`);
});
