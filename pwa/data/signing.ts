import { saveDraft, type Draft, type Filing } from '../device/drafts.ts';
import { readSnapshot } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { digestOf, type Sent } from './canonical.ts';
import { BeginSignature } from './documents.ts';
import { correctedIn } from './earlier.ts';
import { answersToSend } from './form.ts';
import { refreshWho } from './refresh.ts';
import type { Text } from './shapes.ts';
import { localTime } from './wishes.ts';

/** Signing in place: she leaves for the app with a draft that knows what exactly she signs, and sends just that after. */

/** What is to be signed and sent: made once, so that the signature is over the same bytes that are sent. */
export async function filingOf(draft: Draft, now = new Date()): Promise<Filing> {
  const { form } = draft;
  const answers = answersToSend(form, draft.answers);
  const completedAt = localTime(now);
  return {
    id: crypto.randomUUID(), answers, completedAt,
    digest: await digestNow({ form, answers, completedAt }), corrected: correctedIn(form, answers),
  };
}

/** Where she leaves to; else why not. What she is about to sign lies in her draft. Rejects with NoAnswer. */
export async function leaveToSign(draft: Draft): Promise<{ leaveBy: string } | { refused: Text }> {
  const filing = await filingOf(draft);
  const { procedure, version, subject } = draft.form;
  const { beginSignature: reply } = await ask(BeginSignature, { input: { ...filing, procedure, version, subject } });
  if (reply.__typename !== 'SignatureBegun') {
    if (reply.__typename === 'SignInNeeded') await refreshWho();
    return { refused: reply.message };
  }
  await saveDraft({ ...draft, savedAt: new Date().toISOString(), signing: { ...filing, signature: reply.id } });
  return { leaveBy: reply.leaveBy };
}

/** The digest for the ward she lives in; null where that is not known or the browser has no means for it. */
async function digestNow(sent: Omit<Sent, 'ward'>): Promise<string | null> {
  const ward = (await readSnapshot()).viewer?.value.ward?.code;
  return ward && globalThis.crypto?.subtle ? digestOf({ ...sent, ward }) : null;
}

export const UNSIGNED = [
  'declined', 'too_late', 'locked', 'no_certificate', 'revoked', 'expired', 'untrusted', 'other_person', 'unavailable', 'failed',
] as const;
export type Unsigned = (typeof UNSIGNED)[number];

/** Why no signature came of it, from the address she came back to; null: it does not say. */
export const unsignedIn = (query: URLSearchParams): Unsigned | null => {
  const told = query.get('unsigned');
  return told === null ? null : (UNSIGNED.find((one) => one === told) ?? 'failed');
};
