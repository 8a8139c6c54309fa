import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cameBack, liesElsewhere, sentBefore, wardsNote } from '../data/again.ts';
import type { Application, Field, Form, Home, Question, Source, Step } from '../data/shapes.ts';
import type { OutboxItem } from '../device/outbox.ts';
import { marksOf, seenAfterAnswer } from '../device/seen.ts';
import { awaitedBenefits, benefitsOf } from '../data/benefits.ts';
import type { PublicService } from '../data/open.ts';
import { ownSteps } from '../screens/parts/catalogue.ts';
import { inSight, isQuiet, laidOut, mostUrgent } from '../screens/parts/pressing.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const NOW = new Date('2026-11-23T09:30:00+09:00');

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id, procedure: id, subject: null, state: 'DUE', due: null, opens: null, daysLeft: null, law: null, operator: 'WARD',
  channel: 'HERE', asOf: null, gaps: [], name: words(id), officialName: words(id), because: words(''), late: null,
  operatorName: words('港区'), how: words(''), known: [], asks: [], amount: null, form: null, application: null,
  category: 'NOTIFICATION', after: [], unlocks: [], hasParts: false, ...more,
});
const due = (id: string, daysLeft: number, state: Step['state'] = 'DUE') =>
  step(id, { state, daysLeft, due: new Date(NOW.valueOf() + daysLeft * 86_400_000).toISOString().slice(0, 10) });
const source = (id: string, state: Source['state']): Source =>
  ({ id, name: words(id), operator: 'WARD', state, asOf: null, silentSince: null, why: null, correction: words(''), shut: null, outage: null });
const home = (steps: Step[], sources: Source[] = []): Home => ({
  answeredAt: '', today: '2026-11-23', children: [], answers: [], nextQuestions: [], changes: [], sources,
  bundles: ['moving', 'care'].map((id) => ({ id, name: words(id), summary: words(''), start: null, steps, more: [] })),
});
const urgentOf = (steps: Step[]) => {
  const { next, more } = mostUrgent({ at: NOW.toISOString(), value: home(steps) }, NOW);
  return [next.map(({ id }) => id), more.map(({ id }) => id)];
};

test('what is overdue or ends within fourteen days comes first, the nearest first', () =>
  assert.deepEqual(urgentOf([due('in 14', 14), due('in 15', 15), due('late', -3), step('open')]), [['late', 'in 14'], []]));

test('five are to be seen at once and the rest is one touch away', () => {
  const seven = [1, 2, 3, 4, 5, 6, 7].map((day) => due(`in ${day}`, day));
  assert.deepEqual(urgentOf(seven), [['in 1', 'in 2', 'in 3', 'in 4', 'in 5'], ['in 6', 'in 7']]);
});

test('one step of a bundle is seen at once; what may wait, what rests and what asks is behind its door', () => {
  const open = [1, 2, 3, 4].map((n) => step(`open ${n}`, { state: 'OPEN' }));
  const { seen, folded } = inSight([due('in 30', 30), step('asks', { state: 'ASK' }), ...open, due('done', 1, 'DONE')], home([]));
  assert.deepEqual(seen.map(({ id }) => id), ['in 30']);
  assert.deepEqual(folded.map(({ id }) => id), ['asks', 'open 1', 'open 2', 'open 3', 'open 4', 'done']);
});

test('no step stands on home twice, and none is lost, not even one that is open on demand', () => {
  const value = home([due('in 3', 3), due('in 30', 30), step('open', { state: 'OPEN' })]);
  value.bundles[1]?.more.push(step('on demand', { state: 'OPEN' }));
  const kept = { at: NOW.toISOString(), value };
  const { next, more } = mostUrgent(kept, NOW);
  const laid = laidOut(kept, NOW);
  const shown = [...next, ...more, ...laid.flatMap(({ seen, folded }) => [...seen, ...folded])].map(({ id }) => id);
  assert.deepEqual(shown, ['in 3', 'in 30', 'open', 'on demand']);
  assert.deepEqual(laid.map(({ above }) => above), [1, 3]);
  assert.deepEqual(laid.map(({ folded }) => folded.map(({ id }) => id)), [['open'], ['on demand']]);
});

test('who lives in none of the wards is shown no list of what only a ward could settle', () => {
  const silent = { id: 'childcare', state: 'NOT_ASKED', name: words('') } as unknown as Source;
  const kept = { at: NOW.toISOString(), value: home([step('unheard', { state: 'UNHEARD' }), step('open', { state: 'OPEN' })], [silent]) };
  const ids = (isResident: boolean) => laidOut(kept, NOW, isResident).flatMap(({ seen, folded }) => [...seen, ...folded]).map(({ id }) => id);
  assert.deepEqual(ids(true), ['open', 'unheard']);
  assert.deepEqual(ids(false), ['open']);
});

test('what the ward sent back presses, though its day is far', () => {
  const application = { id: 'a', state: 'SENT_BACK', receiptNumber: '1', stateText: words(''), history: [] } as Step['application'];
  assert.deepEqual(urgentOf([{ ...due('back', 40), application }]), [['back'], []]);
});

test('a step that is open on demand is hers too', () => {
  const value = home([]);
  value.bundles[0]?.more.push(step('donation', { state: 'OPEN' }));
  assert.deepEqual(ownSteps({ at: '', value }, 'donation').map(({ id }) => id), ['donation']);
});

test('what is sent or done does not press', () =>
  assert.deepEqual(urgentOf([due('sent', 2, 'SENT'), due('done', 2, 'DONE')]), [[], []]));

test('money that closes first stands first, each once, and a mere notice is not among it', () => {
  const money = (id: string, days: number | null) =>
    ({ ...(days === null ? step(id, { state: 'OPEN' }) : due(id, days)), category: 'BENEFIT' as const });
  const found = benefitsOf(home([money('open', null), money('in 30', 30), step('notice'), money('in 3', 3)]));
  assert.deepEqual(found.map(({ id }) => id), ['in 3', 'in 30', 'open']);
});

test('money that hides behind a question of another step stands there by name with the question, once', () => {
  const alone = { fact: 'raises_alone', kind: 'YES_NO', label: words('おひとりで？'), help: null, choices: [], minDate: null, maxDate: null, subject: null } as Question;
  const asking = step('small money', { state: 'ASK', category: 'BENEFIT', asks: [alone] });
  const told = { ...home([asking]), nextQuestions: [{ question: alone, settles: ['small money', 'large money:m-1', 'large money:m-2', 'a notice'] }] };
  const services = ['small money', 'large money', 'a notice']
    .map((identifier) => ({ identifier, type: identifier === 'a notice' ? 'notification' : 'benefit' }) as PublicService);
  assert.deepEqual(
    awaitedBenefits(told, services).map((one) => [one.service.identifier, one.question.fact, one.step?.id]),
    [['large money', 'raises_alone', 'small money']],
  );
});

test('what her own answer brings is seen, what stood unread before it stays unread', () => {
  const before = marksOf(home([due('allowance', 9)]));
  const now = home([due('allowance', 4), due('move', 14)]);
  const unread = [{ step: 'allowance' }];
  const seen = new Map(seenAfterAnswer(before, unread, now).map((mark) => [mark.step, mark.due]));
  assert.equal(seen.get('allowance'), before[0]?.due);
  assert.equal(seen.get('move'), now.bundles[0]?.steps[1]?.due);
});

test('a step nobody is asked about rests, one that a silent source leaves open does not', () => {
  const unheard = step('claim', { state: 'UNHEARD' });
  const outside = home([], [source('registry', 'NOT_ASKED'), source('national', 'KNOWN')]);
  assert.equal(isQuiet(unheard, outside), true);
  assert.equal(isQuiet({ ...unheard, gaps: ['national'] }, outside), false);
  assert.equal(isQuiet(unheard, home([], [source('registry', 'NOT_ASKED'), source('national', 'WAITING')])), false);
  assert.equal(isQuiet(unheard, home([], [source('registry', 'KNOWN')])), false);
});

const application = (state: NonNullable<Step['application']>['state']): NonNullable<Step['application']> => ({
  id: 'a1', state, receiptNumber: 'KM-1', stateText: words(state),
  history: [{ note: null }, { note: '口座の番号を確かめてください。' }],
});
const field = (id: string, kind: Field['kind']): Field => ({
  id, kind, label: words(id), help: null, required: true, maxLength: null, minDate: null, maxDate: null,
  choices: [], showIf: null, refuse: null, prefill: null, term: null, masked: false,
});
const form: Form = {
  procedure: 'claim', version: '2', subject: null, title: words(''), intro: words(''), submitTo: words(''), signature: 'NONE', signing: 'NONE', schema: {}, heldBack: [], papers: [],
  sections: [{ id: 'one', title: words(''), fields: [field('phone', 'PHONE'), field('agreed', 'AGREEMENT')] }],
};
const outbox: OutboxItem[] = [{
  id: 'a1', madeAt: '', tries: 0, notBefore: 0, needsSignIn: false, outcome: { state: 'accepted', application: null, at: '' },
  wish: {
    kind: 'submit', step: 'claim', title: words(''), form, completedAt: '',
    answers: { phone: '03-1234-5678', agreed: true, gone: 'no more asked' },
  },
}];

test('an application that was sent back comes with the word of the ward and with what she wrote, but for her consent', () => {
  const back = step('claim', { application: application('SENT_BACK') });
  assert.equal(cameBack(back)?.state, 'SENT_BACK');
  assert.equal(wardsNote(application('SENT_BACK')), '口座の番号を確かめてください。');
  assert.deepEqual(sentBefore(back, form, outbox, null), { phone: '03-1234-5678' });
  assert.deepEqual(sentBefore(back, form, [], null), {});
});

test('on another phone it comes with what the house holds of it', () => {
  const back = step('claim', { application: application('SENT_BACK') });
  const told = { application: {} as Application, answers: { phone: '090-1', agreed: true }, masked: false };
  assert.deepEqual([liesElsewhere(back, []), liesElsewhere(back, outbox)], [true, false]);
  assert.deepEqual(sentBefore(back, form, [], told), { phone: '090-1' });
});

test('a refused one begins anew, and one that is decided does not come back', () => {
  const refused = step('claim', { application: application('REJECTED') });
  assert.equal(cameBack(refused)?.state, 'REJECTED');
  assert.deepEqual(sentBefore(refused, form, outbox, null), {});
  assert.equal(cameBack(step('claim', { state: 'DONE', application: application('DECIDED') })), null);
});
