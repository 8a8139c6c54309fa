import { saveDraft, deleteDraft } from '../device/drafts.ts';
import { readOwnLanguage } from '../device/language.ts';
import { languageIsHeard } from '../device/language-keeping.ts';
import type { Paper } from '../device/papers.ts';
import { changeItem, dropItem, isDue, isUnsent, overrule, readOutbox, type OutboxItem, type Submission } from '../device/outbox.ts';
import { keepSeen, readSeen, seenAfterAnswer } from '../device/seen.ts';
import { amend, keep, readSnapshot } from '../device/snapshot.ts';
import { ask, NoAnswer } from './ask.ts';
import { clockAhead, completedAt, localTime, rightNow } from './clock.ts';
import { digestNow } from './digest.ts';
import {
  AnswerQuestion, ChooseLanguage, ChooseMailWishes, KeepFolder, OpenNotice, ScanSlip, SortNotices, SubmitApplication,
} from './documents.ts';
import { filled } from './folder-sent.ts';
import { compareForms } from './form.ts';
import { CODE } from '../text/languages.ts';
import { sorted } from './mail/sorting.ts';
import { attachmentsOf, sendPapers, sentAnew } from './papers.ts';
import { keepApplication, keepNotice, refreshWho, shownSoFar } from './refresh.ts';
import { sendAbsence, sendAnswer, sendLine } from './send-school.ts';
import type { FieldError, Form, Home, Text } from './shapes.ts';

/** Outbox → network. Each item is sent under its own id until the server has answered for it. */

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 5 * 60_000;
/** As the house takes them at once (bff/mail/sorting.py). */
const MOST_SORTED = 500;

let draining: Promise<void> | null = null;
let again = false;

/** Sends what waits, in order, one tab at a time. `hurry` forgets the pauses (she pressed, or the line is back). */
export function drain(hurry = false): Promise<void> {
  if (draining) {
    again = true;
    return draining;
  }
  draining = alone(() => sendWaiting(hurry)).finally(() => {
    draining = null;
    if (again) {
      again = false;
      void drain();
    }
  });
  return draining;
}

const isPage = typeof document !== 'undefined';
export const isSending = (): boolean => draining !== null;

/** Holds the lock the tabs and the service worker share; a browser without locks has one page at work. */
const alone = (work: () => Promise<void>): Promise<void> =>
  'locks' in navigator ? navigator.locks.request('outbox', work) : work();

async function sendWaiting(hurry: boolean): Promise<void> {
  const due = (item: OutboxItem) => isUnsent(item) && (hurry || isDue(item));
  const waiting = (await readOutbox()).filter(due);
  if (!waiting.length) return;
  try {
    const viewer = await refreshWho();
    if (!viewer) return await holdForSignIn(waiting);
  } catch (cause) {
    return await putOff(waiting, cause);
  }
  for (const { id } of waiting) {
    const item = (await readOutbox()).find((other) => other.id === id);
    if (item && !(await waitsForFolder(item))) await send(item);
  }
}

/** The folder is kept before its parts come, so that the receipt of each can prove what it is part of. */
async function waitsForFolder({ wish }: OutboxItem): Promise<boolean> {
  const folder = wish.kind === 'submit' ? wish.folder : undefined;
  return folder !== undefined && (await readOutbox()).some((other) => other.id === folder && isUnsent(other));
}

async function send(item: OutboxItem): Promise<void> {
  await changeItem(item.id, { outcome: { state: 'sending' }, needsSignIn: false, needsProof: null });
  try {
    await SENDERS[item.wish.kind](item as never);
  } catch (cause) {
    await putOff([item], cause);
  }
}

const holdForSignIn = async (items: OutboxItem[]): Promise<void> => {
  for (const item of items) await changeItem(item.id, { outcome: { state: 'waiting' }, needsSignIn: true });
};

/** Waits longer after each try, with a little chance in it, at least as long as the server asked. */
async function putOff(items: OutboxItem[], cause: unknown): Promise<void> {
  if (!(cause instanceof NoAnswer)) reportError(cause);
  const asked = cause instanceof NoAnswer ? (cause.retryAfter ?? 0) : 0;
  for (const item of items) {
    const pause = pauseAfter(item.tries, Math.random());
    await changeItem(item.id, {
      outcome: { state: 'waiting' }, tries: item.tries + 1, notBefore: Date.now() + Math.max(asked, pause),
    });
  }
}

/** Milliseconds before the next try: doubled each time up to five minutes, between half and the whole of it. */
export const pauseAfter = (tries: number, chance: number): number =>
  Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE) * (0.5 + chance / 2);

type Sender<K extends OutboxItem['wish']['kind']> =
  (item: OutboxItem & { wish: Extract<OutboxItem['wish'], { kind: K }> }) => Promise<void>;

const SENDERS: { [K in OutboxItem['wish']['kind']]: Sender<K> } = {
  submit: sendApplication,
  async answer(item) {
    const { fact, value } = item.wish;
    const { answerQuestion: reply } = await ask(AnswerQuestion, { fact, value, since: await shownSoFar() });
    if (reply.__typename === 'SignInNeeded') return holdForSignIn([item]);
    if (reply.__typename === 'FieldsRefused') return refuse(item, reply.message, reply.fields);
    const { __typename: _, ...home } = reply;
    await keepAfterAnswer(home);
    await dropItem(item.id);
  },
  async folder(item) {
    const folder = await filled(item.wish.folder, readyForFolder);
    const { id, event, completedAt, digest, parts } = folder;
    if (digest === null) return dropItem(item.id);
    await changeItem(item.id, { wish: { kind: 'folder', folder } });
    const listed = parts.flatMap(({ application, procedure, subject, digest }) => (digest ? [{ application, procedure, subject, digest }] : []));
    const { keepFolder: reply } = await ask(KeepFolder, { input: { id, event, completedAt, digest }, parts: listed });
    return reply.__typename === 'SignInNeeded' ? holdForSignIn([item]) : dropItem(item.id);
  },
  async open(item) {
    const { openNotice: reply } = await ask(OpenNotice, { id: item.wish.notice });
    if (reply.__typename === 'SignInNeeded') return holdForSignIn([item]);
    if (reply.__typename === 'Notice') {
      const { __typename: _, ...notice } = reply;
      await keepNotice(notice);
    }
    await dropItem(item.id);
  },
  async sort(item) {
    const { act, notices } = item.wish;
    const left: string[] = []; // she owes an answer, which this phone did not know of
    for (let at = 0; at < notices.length; at += MOST_SORTED) {
      const { sortNotices: reply } = await ask(SortNotices, { act, ids: notices.slice(at, at + MOST_SORTED) });
      if (reply.__typename === 'SignInNeeded') return holdForSignIn([item]);
      left.push(...reply.owed);
    }
    await amend('inbox', (kept) => (kept ?? []).map((one) => (notices.includes(one.id) && !left.includes(one.id) ? sorted(one, act, item.madeAt) : one)));
    await overrule(item);
    await dropItem(item.id);
  },
  async mailWishes(item) {
    const { chooseMailWishes: reply } = await ask(ChooseMailWishes, { input: item.wish.wishes });
    if (reply.__typename === 'SignInNeeded') return holdForSignIn([item]);
    if (reply.__typename === 'FieldsRefused') return refuse(item, reply.message, reply.fields);
    const { __typename: _, ...wishes } = reply;
    await keep('mailWishes', wishes);
    await dropItem(item.id);
  },
  async slip(item) {
    const { scanSlip: reply } = await ask(ScanSlip, { input: { id: item.id, content: item.wish.content } });
    if (reply.__typename === 'SignInNeeded') return holdForSignIn([item]);
    if (reply.__typename !== 'Bill') return refuse(item, reply.message, []);
    await changeItem(item.id, { outcome: { state: 'accepted', application: null, at: new Date().toISOString(), bill: reply.id } });
  },
  noticeAnswer: (item) => sendAnswer(item, () => holdForSignIn([item])),
  absence: (item) => sendAbsence(item, () => holdForSignIn([item])),
  line: (item) => sendLine(item, () => holdForSignIn([item])),
  async language(item) {
    const { chooseLanguage: reply } = await ask(ChooseLanguage, { language: CODE[item.wish.language] });
    if (reply.__typename === 'SignInNeeded') return holdForSignIn([item]);
    if (isPage && item.wish.language === readOwnLanguage()) languageIsHeard();
    await dropItem(item.id);
  },
};

async function sendApplication(item: OutboxItem & { wish: Submission }): Promise<void> {
  const keep = (papers: Paper[]) => changeItem(item.id, { wish: { ...item.wish, papers } });
  const there = await sendPapers(item.wish.papers ?? [], keep);
  if ('held' in there) return there.held === 'signIn' ? holdForSignIn([item]) : comesBack(item, there.held);
  const wish = { ...item.wish, papers: there.papers };
  const { form, answers, step, corrected = [], signature = null, folder = null } = wish;
  const { procedure, version, subject } = form;
  const input = {
    id: item.id, procedure, version, subject, answers, corrected, signature, folder,
    attachments: attachmentsOf(there.papers), ...(await momentOf(wish)),
  };
  const { submitApplication: reply } = await ask(SubmitApplication, { input });
  switch (reply.__typename) {
    case 'SignInNeeded':
      return holdForSignIn([item]);
    case 'StepUpNeeded':
      return changeItem(item.id, { outcome: { state: 'waiting' }, needsProof: { cardOnly: reply.cardOnly } });
    case 'StepClosed':
    case 'NotFound':
      return refuse(item, reply.message, []);
    case 'FieldsRefused':
      if (hasLetGo(wish, reply.fields)) return sendAnew(item, wish);
      return comesBack({ ...item, wish }, reply);
    case 'SignatureNeeded':
      return comesBack({ ...item, wish }, { message: reply.message, fields: [] });
    case 'FormChanged':
      await backToDraft(wish, reply.form, []);
      return refuse(item, reply.message, []);
    case 'Application': {
      const { __typename: _, ...application } = reply;
      await keepApplication(application);
      await changeItem(item.id, { outcome: { state: 'accepted', application, at: new Date().toISOString() } });
      return deleteDraft(step);
    }
  }
}

/** Its photographs go first; what is held back comes back when the part itself is sent. */
async function readyForFolder(item: OutboxItem & { wish: Submission }): Promise<Submission | null> {
  const there = await sendPapers(item.wish.papers ?? [], (papers) => changeItem(item.id, { wish: { ...item.wish, papers } }));
  if ('held' in there) return null;
  const wish = { ...item.wish, papers: there.papers };
  return { ...wish, ...(await momentOf(wish)) };
}

/** What was written down by a wrong clock is put right, and its bytes are made anew; what she signed stays as it was. */
async function momentOf(wish: Submission): Promise<{ completedAt: string; digest: string | null; clockAhead: number | null }> {
  const { form, answers, papers = [], signature } = wish;
  const told = { completedAt: wish.completedAt, digest: wish.digest ?? null, clockAhead: wish.clockAhead ?? null };
  if (signature) return told;
  const moment = wish.clockAhead === undefined
    ? completedAt(new Date(wish.completedAt), clockAhead() ?? 0, rightNow().at)
    : { at: new Date(wish.completedAt), clockAhead: wish.clockAhead };
  if (moment.clockAhead === told.clockAhead && papers.length === 0) return told;
  const written = moment.clockAhead === told.clockAhead ? wish.completedAt : localTime(moment.at);
  const digest = await digestNow({ form, answers, completedAt: written, papers });
  return { completedAt: written, digest, clockAhead: moment.clockAhead };
}

/** After a month the house no longer has the photographs she had sent up; her signature is over their bytes. */
const hasLetGo = ({ papers = [], signature }: Submission, fields: readonly FieldError[]): boolean =>
  !signature && papers.length > 0 && fields.some(({ field, code }) => field === 'files' && code === 'gone');

async function sendAnew(item: OutboxItem, wish: Submission): Promise<void> {
  await changeItem(item.id, { wish: { ...wish, papers: sentAnew(wish.papers ?? []) } });
  throw new NoAnswer('busy');
}

/** Refused, and what she wrote lies in the form again. */
async function comesBack(item: OutboxItem & { wish: Submission }, why: { message: Text; fields: FieldError[] }): Promise<void> {
  await backToDraft(item.wish, item.wish.form, why.fields);
  await refuse(item, why.message, why.fields);
}

/** What her own answer brings is no news to her; what was unread before stays so. */
async function keepAfterAnswer(home: Home): Promise<void> {
  const before = (await readSnapshot()).home?.value.changes ?? [];
  const seen = await readSeen();
  if (seen !== null) await keepSeen(seenAfterAnswer(seen, before, home));
  const unread = new Set(before.map((change) => change.step));
  await keep('home', { ...home, changes: home.changes.filter((change) => unread.has(change.step)) });
}

const refuse = (item: OutboxItem, message: Text, fields: FieldError[]): Promise<void> =>
  changeItem(item.id, { outcome: { state: 'refused', message, fields } });

/** She thought better of sending it: it is a draft again. */
export async function takeBack(id: string, wish: Submission): Promise<void> {
  await backToDraft(wish, wish.form, []);
  await dropItem(id);
}

/** What she wrote goes back to the form as a draft, with what the ward said about it. */
const backToDraft = (wish: Submission, form: Form, refused: FieldError[]): Promise<void> =>
  saveDraft({
    step: wish.step, form, answers: wish.answers, refused, papers: wish.papers ?? [],
    ...(wish.folder === undefined ? {} : { folder: wish.folder }),
    savedAt: new Date().toISOString(),
    changed: form.version === wish.form.version ? null : compareForms(wish.form, form, wish.answers),
  });
