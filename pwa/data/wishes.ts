import { readOwnLanguage } from '../device/language.ts';
import { followAccount, keepLanguage, languageIsHeard, languageIsUnheard } from '../device/language-keeping.ts';
import { settled } from '../device/language-rule.ts';
import { dropItem, post, readOutbox } from '../device/outbox.ts';
import { keepSeen, marksOf } from '../device/seen.ts';
import { amend, readSnapshot } from '../device/snapshot.ts';
import { deleteDraft, type Draft, type Signing } from '../device/drafts.ts';
import { wakeWhenBack } from '../device/worker.ts';
import { digestNow } from './digest.ts';
import { localTime, rightNow } from './clock.ts';
import { correctedIn } from './earlier.ts';
import { answersToSend } from './form.ts';
import type { Json } from './graphql.ts';
import { quietly } from './refresh.ts';
import { drain } from './send.ts';
import { CODE, LANGUAGES, type Language } from '../text/languages.ts';
import { isUnread } from './mail/letter.ts';
import type { SortAct } from './mail/sorting.ts';
import type { MailWishes, Notice, Question, Text, Viewer } from './shapes.ts';

/** Screen → outbox. What she does is on the device first, and goes out when the line allows. */

async function postAndSend(...[wish]: Parameters<typeof post>): Promise<string> {
  const id = await post(wish);
  sendSoon();
  return id;
}

/** Now if the line allows, else when the browser next wakes us. */
export function sendSoon(): void {
  void drain(true);
  quietly(wakeWhenBack());
}

export const answer = (step: string, question: Question, value: Json): Promise<string> =>
  postAndSend({ kind: 'answer', step, fact: question.fact, label: question.label, value });

/** Hands the draft in; the draft stays on the device until the ward's side has accepted it. */
export async function submit(draft: Draft, title: Text, earlier: readonly string[], now = rightNow()): Promise<string> {
  const { step, form, papers = [] } = draft;
  await Promise.all(earlier.map(dropItem));
  const answers = answersToSend(form, draft.answers);
  const completedAt = localTime(now.at);
  const digest = await digestNow({ form, answers, completedAt, papers });
  const corrected = correctedIn(form, answers);
  const known = now.clockAhead === null ? {} : { clockAhead: now.clockAhead };
  const id = await post({ kind: 'submit', step, title, form, answers, completedAt, digest, corrected, papers, ...known, ...ofFolder(draft) });
  await deleteDraft(step);
  sendSoon();
  return id;
}

/** A part of a folder that came back stays one of it. */
const ofFolder = ({ folder }: Draft) => (folder === undefined ? {} : { folder });

/** Sends what she has signed, under the id it was signed for; pressed or come back twice it is the same one. */
export async function submitSigned(draft: Draft, signing: Signing, earlier: readonly string[]): Promise<string> {
  const { step, form } = draft;
  const { id, answers, completedAt, digest, corrected, signature, papers = [], clockAhead = null } = signing;
  await Promise.all(earlier.map(dropItem));
  const wish = { kind: 'submit', step, title: form.title, form, answers, completedAt, digest, corrected, signature, papers, clockAhead, ...ofFolder(draft) } as const;
  await post({ ...wish }, new Date(), id);
  await deleteDraft(step);
  sendSoon();
  return id;
}

/** She has looked through what is new; from now on it is compared with what she sees. */
export async function changesSeen(): Promise<void> {
  const { home } = await readSnapshot();
  if (!home) return;
  await keepSeen(marksOf(home.value));
  await amend('home', (kept) => ({ ...(kept ?? home.value), changes: [] }));
}

/** The code of a slip, under the id of the slip to be. */
export const keepScanned = (content: string): Promise<string> => postAndSend({ kind: 'slip', content });

/** Shown as read at once; the server is told when it can be. */
export async function openNotice(notice: Notice): Promise<void> {
  if (isUnread(notice)) await postAndSend({ kind: 'open', notice: notice.id });
}

/** Many at once: on every screen from now on, and with the house when the line allows. */
export const sortNotices = (act: SortAct, notices: string[]): Promise<string> =>
  postAndSend({ kind: 'sort', act, notices });

/** How she wishes to be told, shown at once. */
export async function chooseMailWishes(wishes: MailWishes): Promise<void> {
  await amend('mailWishes', () => wishes);
  await postAndSend({ kind: 'mailWishes', wishes });
}

export async function chooseLanguage(language: Language, signedIn: boolean): Promise<void> {
  await keepLanguage(language);
  if (signedIn) await postAndSend({ kind: 'language', language });
}

/** How it stood here when the viewer was asked for. */
export type LanguageThen = { own: Language; isUnheard: boolean };
export const languageNow = (): LanguageThen => ({ own: readOwnLanguage(), isUnheard: languageIsUnheard() });

/** One language for her screens and for what is sent to her. `then`: what she chose since is newer than the answer, and what was
 * not heard then may have been heard meanwhile, while the answer still tells what it was before. */
export async function settleLanguage(viewer: Pick<Viewer, 'language' | 'languageChosen'>, then: LanguageThen): Promise<void> {
  const theirs = LANGUAGES.find((one) => CODE[one] === viewer.language);
  const own = readOwnLanguage();
  if (theirs === undefined || own !== then.own) return; // one that this release does not know, or that she has just left
  const next = settled({ here: own, isUnheard: then.isUnheard, account: theirs, accountChosen: viewer.languageChosen });
  if (next === 'heard') return languageIsHeard();
  if (next !== 'tell') return followAccount(next.follow);
  const isOnItsWay = (await readOutbox()).some(({ wish }) => wish.kind === 'language');
  if (!isOnItsWay) await postAndSend({ kind: 'language', language: own });
}
