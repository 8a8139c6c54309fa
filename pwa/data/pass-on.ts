import { ask } from './ask.ts';
import { PassOn } from './documents.ts';
import { keepApplication, refreshWho } from './refresh.ts';
import type { Text } from './shapes.ts';

/** Her yes or no to handing something on. null: it is kept; else why not. Rejects with NoAnswer. */
export async function passOn(application: string, flow: string, agreed: boolean): Promise<Text | null> {
  const { passOn: reply } = await ask(PassOn, { application, flow, agreed });
  if (reply.__typename === 'Application') {
    await keepApplication(reply);
    return null;
  }
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return reply.message;
}
