import { ask } from './ask.ts';
import { WithdrawApplication } from './documents.ts';
import { keepApplication, quietly, refreshHome, refreshWho } from './refresh.ts';
import type { Text } from './shapes.ts';

/** She takes an application back. null: it is withdrawn; else why not. Rejects with NoAnswer. */
export async function withdraw(id: string): Promise<Text | null> {
  const { withdrawApplication: reply } = await ask(WithdrawApplication, { id });
  if (reply.__typename === 'Application') {
    const { __typename: _, ...application } = reply;
    await keepApplication(application);
    quietly(refreshHome('when old'));
    return null;
  }
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return reply.message;
}
