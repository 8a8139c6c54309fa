import { post, type OutboxItem, type Wish } from '../device/outbox.ts';
import { keep } from '../device/snapshot.ts';
import { ask, NoAnswer } from './ask.ts';
import { ShowSchools } from './documents.ts';
import { patiently } from './patience.ts';
import { ours } from './refresh.ts';
import type { Absence, SchoolQuestion } from './shapes.ts';
import { sendSoon } from './wishes.ts';

export { isOpen, sentBack } from './school-open.ts';

/** What schools ask and what she says to them: kept here first, so that it works on a platform without a network. */

export const refreshSchools = (): Promise<void> => patiently('schools', schoolsAnew);

async function schoolsAnew(): Promise<void> {
  const viewer = await ours((await ask(ShowSchools, {})).viewer);
  if (viewer) await keep('schools', viewer.schools);
}

type Of<K extends Wish['kind']> = Omit<Extract<Wish, { kind: K }>, 'kind'>;
export type AnswerItem = OutboxItem & { wish: Extract<Wish, { kind: 'noticeAnswer' }> };
export type AbsenceItem = OutboxItem & { wish: Extract<Wish, { kind: 'absence' }> };
export type LineItem = OutboxItem & { wish: Extract<Wish, { kind: 'line' }> };
export type Said = Record<string, string>;

async function later(wish: Wish): Promise<string> {
  const id = await post(wish);
  sendSoon();
  return id;
}

export const answerNotice = (wish: Of<'noticeAnswer'>): Promise<string> => later({ kind: 'noticeAnswer', ...wish });
export const reportAbsence = (wish: Of<'absence'>): Promise<string> => later({ kind: 'absence', ...wish });
/** As the next version of what she told: it does not hold any more. */
export const withdrawAbsence = ({ id, version, pupil, kind, fromOn, toOn, time, reason, symptoms, note, pickUp }: Absence): Promise<string> =>
  reportAbsence({
    report: id, version: version + 1, pupil, what: kind, fromOn, toOn, time, reason, symptoms, note, pickUp,
    withdrawn: true, sentAt: new Date().toISOString(),
  });
export const writeToSchool = (wish: Of<'line'>): Promise<string> => later({ kind: 'line', ...wish });

/** The bytes of a file of a thread. Rejects with NoAnswer. */
export async function lineFile(id: string): Promise<Blob> {
  const answer = await fetch(`/school-files/${id}`).catch(() => { throw new NoAnswer('unreachable'); });
  if (!answer.ok) throw new NoAnswer('busy');
  return answer.blob();
}

/** What of hers about this notice and child still lies on the device, the newest. */
export const waitingAnswer = (outbox: readonly OutboxItem[], notice: string, pupil: string): AnswerItem | undefined =>
  outbox.filter((item): item is AnswerItem => item.wish.kind === 'noticeAnswer' && item.wish.notice === notice && item.wish.pupil === pupil).at(-1);
export const waitingAbsences = (outbox: readonly OutboxItem[], pupil: string): AbsenceItem[] =>
  outbox.filter((item): item is AbsenceItem => item.wish.kind === 'absence' && item.wish.pupil === pupil);
export const waitingLines = (outbox: readonly OutboxItem[], notice: string, pupil: string): LineItem[] =>
  outbox.filter((item): item is LineItem => item.wish.kind === 'line' && item.wish.notice === notice && item.wish.pupil === pupil);

/** What she said in it. Refused because other things are asked now, it answers none of them, though they are numbered alike. */
export const answersOf = ({ wish, outcome }: AnswerItem): Said =>
  (outcome.state === 'refused' && outcome.fields.some(({ field }) => field === 'revision') ? {} : wish.answers);

/** A question is asked always, or when another was answered so (`when`: question=choice). */
export function isAsked({ when }: Pick<SchoolQuestion, 'when'>, said: Said): boolean {
  const [question = '', choice = ''] = when.split('=');
  return when === '' || said[question] === choice;
}

/** Today in Tokyo and days from it, as YYYY-MM-DD. */
export function dayInTokyo(ahead = 0, now = new Date()): string {
  return new Date(now.getTime() + (9 * 60 + ahead * 24 * 60) * 60_000).toISOString().slice(0, 10);
}

/** As the house told it, who knows the holidays; from a copy of an earlier day today or, at a weekend, Monday. */
export function nextSchoolDay(told: string | undefined, now = new Date()): string {
  const today = dayInTokyo(0, now);
  if (told !== undefined && told >= today) return told;
  const weekday = new Date(`${today}T00:00Z`).getUTCDay();
  return dayInTokyo(weekday === 6 ? 2 : weekday === 0 ? 1 : 0, now);
}

/** HH:MM now in Tokyo. */
export const hourInTokyo = (now = new Date()): string => new Date(now.getTime() + 9 * 60 * 60_000).toISOString().slice(11, 16);
