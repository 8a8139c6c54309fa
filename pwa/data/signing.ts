import { changeDraft, saveDraft, type Draft, type Filing } from '../device/drafts.ts';
import type { Paper } from '../device/papers.ts';
import { ask } from './ask.ts';
import { digestNow } from './digest.ts';
import { BeginSignature } from './documents.ts';
import { localTime, rightNow } from './clock.ts';
import { correctedIn } from './earlier.ts';
import { answersToSend } from './form.ts';
import { attachmentsOf, sendPapers, type Held } from './papers.ts';
import { refreshWho } from './refresh.ts';
import type { Text } from './shapes.ts';

/** Signing in place: she leaves for the app with a draft that knows what exactly she signs, and sends just that after. */

/** What is to be signed and sent: made once, so that the signature is over the same bytes that are sent. */
export async function filingOf(draft: Draft, { at, clockAhead } = rightNow()): Promise<Filing> {
  const { form, papers = [] } = draft;
  const answers = answersToSend(form, draft.answers);
  const completedAt = localTime(at);
  return {
    id: crypto.randomUUID(), answers, completedAt,
    digest: await digestNow({ form, answers, completedAt, papers }), corrected: correctedIn(form, answers),
    papers, clockAhead,
  };
}

/** As the house takes it. */
export const inputOf = ({ papers = [], clockAhead = null, ...written }: Filing) =>
  ({ ...written, clockAhead, attachments: attachmentsOf(papers) });

/** Where she leaves to; else why not. What she is about to sign lies in her draft. Rejects with NoAnswer. */
export async function leaveToSign(draft: Draft): Promise<{ leaveBy: string } | { refused: Text }> {
  const keep = async (papers: Paper[]) => void (await changeDraft(draft, (stored) => ({ ...stored, papers })));
  const there = await sendPapers(draft.papers ?? [], keep);
  if ('held' in there) return { refused: await whyNot(there.held) };
  const filing = await filingOf({ ...draft, papers: there.papers });
  const { procedure, version, subject } = draft.form;
  const input = { ...inputOf(filing), procedure, version, subject };
  const { beginSignature: reply } = await ask(BeginSignature, { input });
  if (reply.__typename !== 'SignatureBegun') {
    if (reply.__typename === 'SignInNeeded') await refreshWho();
    return { refused: reply.message };
  }
  await saveDraft({ ...draft, papers: there.papers, savedAt: new Date().toISOString(), signing: { ...filing, signature: reply.id } });
  return { leaveBy: reply.leaveBy };
}

export async function whyNot(held: Held): Promise<Text> {
  if (held !== 'signIn') return held.message;
  await refreshWho();
  return SIGN_IN;
}

const SIGN_IN: Text = {
  easy: 'もう一度 ログインしてください。書いたものは のこっています。',
  ja: 'ログインの有効期限が切れました。もう一度ログインしてください。入力した内容は端末に残っています。',
  en: 'Please log in again. What you wrote is still on your device.',
};

export const UNSIGNED = [
  'declined', 'too_late', 'locked', 'no_certificate', 'revoked', 'expired', 'untrusted', 'other_person', 'unavailable', 'failed',
] as const;
export type Unsigned = (typeof UNSIGNED)[number];

/** Why no signature came of it, from the address she came back to; null: it does not say. */
export const unsignedIn = (query: URLSearchParams): Unsigned | null => {
  const told = query.get('unsigned');
  return told === null ? null : (UNSIGNED.find((one) => one === told) ?? 'failed');
};
