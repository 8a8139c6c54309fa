import { amend, keep, readSnapshot } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { DecideConsents, ShowConsents } from './documents.ts';
import { ours, quietly, refreshHome, refreshWho } from './refresh.ts';
import { stepsOf } from './steps.ts';
import type { Consent, Home, Step, Text } from './shapes.ts';

export { isUndecided } from './undecided.ts';

/** What she lets us ask, and what not. Logging in is no yes: until she has answered, nobody is asked. */

export async function refreshConsents(): Promise<void> {
  const viewer = await ours((await ask(ShowConsents, {})).viewer);
  if (viewer) await keep('consents', viewer.consents);
}

/** Her yes and her no. null: taken; else why not. Rejects with NoAnswer. Home then fills, or lets go. */
export async function decide(yes: readonly string[], no: readonly string[]): Promise<Text | null> {
  const { decideConsents: reply } = await ask(DecideConsents, { yes: [...yes], no: [...no] });
  if (reply.__typename !== 'Consents') {
    if (reply.__typename === 'SignInNeeded') await refreshWho();
    return reply.message;
  }
  await keep('consents', { decidedAt: reply.decidedAt, consents: reply.consents });
  const { viewer } = await readSnapshot();
  if (viewer && viewer.value.consentsDecidedAt === null) {
    await amend('viewer', (kept) => ({ ...(kept ?? viewer.value), consentsDecidedAt: reply.decidedAt }));
  }
  quietly(refreshHome('when old'));
  return null;
}

/** Which forms are filled in from it, and which steps are known through it: what she loses by a no. */
export function effectOf(consent: Consent, home: Home | null): { prefill: Step[]; known: Step[] } {
  const steps = home ? stepsOf(home) : [];
  const fills = (step: Step) =>
    step.form?.sections.some((part) => part.fields.some((field) => field.prefill?.source === consent.id)) ?? false;
  return {
    prefill: steps.filter(fills),
    known: steps.filter((step) => !fills(step) && step.known.some((fact) => fact.source === consent.id)),
  };
}
