import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isToDo } from '../data/mail/letter.ts';
import { asSchoolsSay } from '../data/mail/schools.ts';
import { answersOf, sentBack, type AnswerItem } from '../data/school.ts';
import type { Notice, Schools } from '../data/shapes.ts';
import type { OutboxItem } from '../device/outbox.ts';

const words = (ja: string) => ({ ja, easy: ja, en: ja });
const TRIP: Notice = {
  id: 'n', kind: 'ACTION', sentAt: '2026-09-30T09:00:00+09:00', openedAt: null, confirmedAt: null, answeredAt: null, archivedAt: null,
  unreadAt: null, actBy: null, about: null, senderKey: 'school:131032:a', topic: 'school', children: [], revision: 1, recalledAt: null,
  lapsesAt: null, asks: { kind: 'consent', until: null }, sender: words('芝浜小学校'), title: words('遠足'), body: words(''), attachments: [],
};
type Asked = Partial<Schools['notices'][number]>;
const of = (...those: (Asked & { mayAnswer?: boolean })[]): Schools => ({
  pupils: those.map(({ mayAnswer = true }, at) => ({ id: `p${at}`, mayAnswer })),
  notices: those.map((one, at) => ({ notice: 'n', pupil: `p${at}`, mine: null, waiting: null, byOther: false, oneIsEnough: true, ...one })),
}) as unknown as Schools;
const MINE = { id: 'a', state: 'COUNTED', said: [], cameAt: '' } as Schools['notices'][number]['mine'];
const sent = (pupil: string, state: string) =>
  [{ wish: { kind: 'noticeAnswer', notice: 'n', pupil }, outcome: { state } }] as unknown as OutboxItem[];
const asks = (schools: Schools | null, outbox: OutboxItem[] = [], notice = TRIP) => asSchoolsSay([notice], schools, outbox).some((one) => isToDo(one));

test('a school\'s notice is to be answered for each child, once for both homes where one is enough, and never by a grandparent', () => {
  assert.equal(asks(null), true);
  assert.equal(asks(of({})), true);
  assert.equal(asks(of({ mine: MINE }, {}), [], { ...TRIP, answeredAt: '2026-10-01T00:00:00Z' }), true, 'one of two children');
  assert.equal(asks(of({ mine: MINE }, { mine: MINE })), false);
  assert.equal(asks(of({ byOther: true })), false);
  assert.equal(asks(of({ byOther: true, oneIsEnough: false })), true);
  assert.equal(asks(of({ mayAnswer: false })), false);
  assert.equal(asks(of({}), sent('p0', 'waiting')), false, 'answered in a tunnel');
  assert.equal(asks(of({}), sent('p0', 'refused')), true);
});

test('what is refused because other questions are asked now fills in none of them, though they are numbered alike', () => {
  const item = (field: string) => ({ wish: { answers: { q1: 'c1' } }, outcome: { state: 'refused', fields: [{ field }] } }) as unknown as AnswerItem;
  assert.deepEqual(answersOf(item('revision')), {});
  assert.deepEqual(answersOf(item('q2')), { q1: 'c1' }, 'put right where it is wrong');
});

test('a report that came back is hers to do until it went out anew, also in a tunnel', () => {
  const back: Notice = { ...TRIP, asks: null, about: '/school/absence?id=a1' };
  const schools = (state: string) => ({ pupils: [{ absences: [{ id: 'a1', isMine: true, state }] }], notices: [] }) as unknown as Schools;
  const out = [{ wish: { kind: 'absence', report: 'a1' }, outcome: { state: 'waiting' } }] as unknown as OutboxItem[];
  assert.equal(asks(schools('SENT_BACK'), [], back), true);
  assert.equal(asks(schools('SENT_BACK'), out, back), false);
  assert.equal(asks(schools('LOOKING'), [], back), false);
  assert.deepEqual(sentBack(schools('SENT_BACK'), []).map(({ id }) => id), ['a1']);
  assert.deepEqual([...sentBack(schools('SENT_BACK'), out), ...sentBack(schools('ACCEPTED'), [])], []);
});
