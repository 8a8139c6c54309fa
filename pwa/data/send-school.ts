import { changeItem, dropItem } from '../device/outbox.ts';
import { ask } from './ask.ts';
import { AnswerNotice, ReportAbsence, WriteToSchool } from './documents.ts';
import { attachmentsOf, sendPapers } from './papers.ts';
import { refreshNotice } from './refresh.ts';
import { refreshSchools, type AbsenceItem, type AnswerItem, type LineItem } from './school.ts';
import type { FieldError, Text } from './shapes.ts';

/** Outbox → school. Each under the id it was given here, so that twice is once. */

type Reply = { __typename: string; message?: Text; fields?: FieldError[] };
export type Hold = () => Promise<void>;

async function settle(id: string, reply: Reply, done: string, hold: Hold): Promise<void> {
  if (reply.__typename === 'SignInNeeded') return hold();
  if (reply.__typename !== done && reply.message) {
    return changeItem(id, { outcome: { state: 'refused', message: reply.message, fields: reply.fields ?? [] } });
  }
  await refreshSchools();
  await dropItem(id);
}

export async function sendAnswer({ id, wish }: AnswerItem, hold: Hold): Promise<void> {
  const { notice, pupil, answers, answeredAt, revision = 1 } = wish;
  const { answerNotice } = await ask(AnswerNotice, { input: { id, notice, pupil, answers, answeredAt, revision } });
  const reply = answerNotice as Reply;
  const isOther = reply.fields?.some(({ field }) => field === 'revision'); // she is asked something else now
  if (isOther) await Promise.all([refreshSchools(), refreshNotice(notice)]);
  await settle(id, reply, 'SchoolAnswer', hold);
}

export async function sendAbsence({ id, wish }: AbsenceItem, hold: Hold): Promise<void> {
  const { kind: _, report, what, symptoms, ...rest } = wish;
  const { reportAbsence } = await ask(ReportAbsence, { input: { ...rest, symptoms: [...symptoms], id: report, kind: what } });
  await settle(id, reportAbsence as Reply, 'Absence', hold);
}

export async function sendLine({ id, wish }: LineItem, hold: Hold): Promise<void> {
  const { notice, pupil, text, papers = [] } = wish;
  const there = await sendPapers(papers, (sent) => changeItem(id, { wish: { ...wish, papers: sent } }));
  if ('held' in there) return there.held === 'signIn' ? hold() : changeItem(id, { outcome: { state: 'refused', ...there.held } });
  const files = attachmentsOf(there.papers).map(({ upload }) => upload);
  const { writeToSchool } = await ask(WriteToSchool, { input: { id, notice, pupil, text, files } });
  await settle(id, writeToSchool as Reply, 'SchoolLine', hold);
}
