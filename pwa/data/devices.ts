import { ask } from './ask.ts';
import { ShowDevices } from './documents.ts';
import { PasskeyFailed } from './passkeys.ts';
import { ours } from './refresh.ts';
import type { Devices, Text } from './shapes.ts';
import { proveFirst } from './step-up.ts';

/** What a change answers: the devices as they are then, a wish for proof, or a refusal. Void: they are asked anew. */
type Reply = ({ __typename: 'Devices' } & Devices) | { __typename: string; message: Text; cardOnly?: boolean } | null | void;
export type Change = () => Promise<Reply>;

export const loadDevices = async (): Promise<Devices | null> =>
  (await ours((await ask(ShowDevices, {})).viewer))?.devices ?? null;

/** Does it, after she has proved who she is where that is wanted. null: she thought better of it. */
export async function mutateDevices(change: Change): Promise<Devices | { message: Text } | null> {
  const reply = await change().catch(provable);
  if (reply && 'cardOnly' in reply && reply.cardOnly !== undefined) {
    return (await proveFirst({ cardOnly: reply.cardOnly, to: '/devices' })) ? mutateDevices(change) : null;
  }
  if (reply && 'sessions' in reply) return reply;
  if (reply) return { message: reply.message };
  return loadDevices();
}

/** A passkey's ceremony says in its own way that she must prove it first. */
function provable(cause: unknown): Reply {
  const wanted = cause instanceof PasskeyFailed && cause.trouble.code === 'step_up_needed' && cause.trouble.message;
  if (!wanted) throw cause;
  return { __typename: 'StepUpNeeded', message: wanted, cardOnly: cause.trouble.cardOnly ?? false };
}
