import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awaited, comesNext, inOrderOfDay, newLetters } from '../data/answer.ts';
import type { Application, Bill, Notice, Schools, Step, Viewer } from '../data/shapes.ts';
import { sessionEnd, untilWarned, WARNED_BEFORE } from '../data/session-end.ts';
import { yearsSince } from '../text/dates.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const NOW = new Date('2026-11-23T09:30:00+09:00');

const step = (id: string, due: string | null, more: Partial<Step> = {}) => ({ id, due, state: 'DUE', late: null, application: null, opens: null, ...more }) as Step;
const letter = (id: string, more: Partial<Notice> = {}) => ({
  id, kind: 'ACTION', sentAt: '2026-11-20T00:00:00Z', openedAt: null, confirmedAt: null, answeredAt: null, archivedAt: null,
  unreadAt: null, actBy: null, recalledAt: null, lapsesAt: null, asks: null, ...more,
}) as Notice;
const bill = (dueOn: string | null, state = 'DUE') => ({ id: dueOn, dueOn, state }) as Bill;
const names = (things: ReturnType<typeof inOrderOfDay>) =>
  things.map((one) => (one.kind === 'step' ? one.step.id : one.kind === 'letter' ? one.notice.id : `${one.bills.length} bills`));

test('what is hers stands in one list by its last day, whoever asks; on one day what costs more stands first', () => {
  const steps = [step('plain', '2026-11-30'), step('overdue', '2026-11-20'), step('costs', '2026-11-30', { late: words('late') })];
  const letters = [letter('tomorrow', { actBy: '2026-11-24' }), letter('same day', { actBy: '2026-11-30' })];
  const things = inOrderOfDay(steps, letters, [bill('2026-12-07'), bill('2026-11-30'), bill('2026-11-01', 'PAID')], NOW);
  assert.deepEqual(names(things), ['overdue', 'tomorrow', 'costs', '2 bills', 'plain', 'same day']);
});

test('what came back to her, and an emergency, count as of today though their day is far', () => {
  const application = { state: 'SENT_BACK' } as Step['application'];
  const things = inOrderOfDay([step('back', '2027-03-01', { application }), step('today', '2026-11-23')], [letter('flood', { kind: 'EMERGENCY' })], [], NOW);
  assert.deepEqual(names(things), ['flood', 'back', 'today']);
});

test('a letter that asks without a day, or long ago, is new and not due; of the new ones those that ask stand first', () => {
  const letters = [
    letter('told', { kind: 'INFORMATION', sentAt: '2026-11-22T00:00:00Z' }), letter('asks'), letter('past', { actBy: '2026-10-01', openedAt: '2026-10-01T00:00:00Z' }),
    letter('due', { actBy: '2026-11-25' }), letter('put away', { archivedAt: '2026-11-21T00:00:00Z' }),
  ];
  assert.deepEqual(names(inOrderOfDay([], letters, [], NOW)), ['due']);
  assert.deepEqual(newLetters(letters, NOW).map(({ id }) => id), ['asks', 'told']);
});

test('she waits for a ward, for whoever was asked for a paper, and for the other guardian, the longest first', () => {
  const sent = (id: string, turn: string) => ({ id, acceptedAt: '2026-11-20T03:00:00Z', standing: { turn, by: '2026-12-20' } }) as Application;
  const part = { id: 'part', step: 's', to: '勤務先', state: 'ASKED', askedAt: '2026-11-18T03:00:00Z', endsOn: '2026-12-02', title: words('就労証明書'), procedure: words('') } as const;
  const said = (pupil: string) => ({ notice: pupil, pupil, mine: { cameAt: '2026-11-22T03:00:00Z' }, oneIsEnough: false, byOther: false, closed: false, until: null });
  const schools = { pupils: [{ id: 'two', guardians: 2 }, { id: 'one', guardians: 1 }], notices: [said('two'), said('one')] } as unknown as Schools;
  const waits = awaited([sent('ward', 'WARD'), sent('hers', 'HERS')], [part, { ...part, id: 'over', endsOn: '2026-11-01' }], schools, NOW);
  assert.deepEqual(waits.map(({ kind, since, until }) => [kind, since, until]), [
    ['part', '2026-11-18', '2026-12-02'], ['application', '2026-11-20', '2026-12-20'], ['guardian', '2026-11-22', null],
  ]);
});

test('when nothing presses the next day is told, whether something ends or begins on it', () => {
  const steps = [step('ends', '2027-03-31'), step('begins', null, { state: 'NOT_YET', opens: '2027-01-05' }), step('sent', '2026-12-01', { state: 'SENT' })];
  assert.deepEqual(comesNext(steps, '2026-11-23')?.step.id, 'begins');
  assert.equal(comesNext([], '2026-11-23'), null);
});

test('a child is as old as its last birthday made it', () =>
  assert.deepEqual(['2026-11-27', '2026-11-26', '2027-01-01'].map((day) => yearsSince('2019-11-27', day)), [7, 6, 7]));

test('before her login ends she is warned, and may stay unless it is its last day', () => {
  const heard = (sessionEndsAt: string) => ({ at: '2026-11-23T00:00:00Z', value: { sessionEndsAt, sessionRestsAfter: 60 } as unknown as Viewer });
  const resting = sessionEnd(heard('2026-11-23T12:00:00Z'))!;
  assert.deepEqual(resting, { at: Date.parse('2026-11-23T01:00:00Z'), mayStay: true });
  assert.deepEqual(sessionEnd(heard('2026-11-23T00:30:00Z')), { at: Date.parse('2026-11-23T00:30:00Z'), mayStay: false });
  const before = (minutes: number) => untilWarned(resting, resting.at - minutes * 60_000);
  assert.deepEqual([before(60), before(5), before(0)], [60 * 60_000 - WARNED_BEFORE, 0, null]);
  assert.equal(sessionEnd({ at: '', value: {} as Viewer }), null);
});
