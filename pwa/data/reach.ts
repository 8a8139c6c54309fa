import { ask } from './ask.ts';
import { AgreeSender, AskReach, ConfirmReach, ForgetReach, ShowPartners, ShowReach, StopSender } from './documents.ts';
import { ours, refreshWho } from './refresh.ts';
import type { Partners, Reach, Text } from './shapes.ts';

/** How she is reached beyond this phone, and who besides her offices may send. None of it lies on the device. */

export type ReachKind = Reach['addresses'][number]['kind'];
type Reply = { __typename: string; message: Text; fields?: readonly { message: Text }[] };
type Told = { reach: Reach } | { why: Text };

/** null: nobody is signed in. Rejects with NoAnswer. */
export async function askReach(): Promise<Reach | null> {
  return (await ours((await ask(ShowReach, {})).viewer))?.reach ?? null;
}

/** A letter or a message goes there. Rejects with NoAnswer, and so do the others. */
export async function setReach(kind: ReachKind, address: string): Promise<Told> {
  return told((await ask(AskReach, { kind, address })).askReach);
}

export async function confirmReach(code: string): Promise<Told> {
  return told((await ask(ConfirmReach, { code })).confirmReach);
}

export async function forgetReach(kind: ReachKind): Promise<Told> {
  return told((await ask(ForgetReach, { kind })).forgetReach);
}

async function told(reply: ({ __typename: 'Reach' } & Reach) | Reply): Promise<Told> {
  if (isReach(reply)) return { reach: reply };
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return { why: reply.fields?.[0]?.message ?? reply.message };
}

const isReach = (reply: { __typename: string }): reply is { __typename: 'Reach' } & Reach => reply.__typename === 'Reach';

/** null: nobody is signed in. Rejects with NoAnswer. */
export async function askPartners(): Promise<Partners | null> {
  return (await ours((await ask(ShowPartners, {})).viewer)) ?? null;
}

export async function agreeSender(sender: string, reference: string): Promise<Partners['senders'] | { why: Text }> {
  const { agreeSender: reply } = await ask(AgreeSender, { sender, reference });
  if (reply.__typename === 'Senders') return reply;
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return { why: reply.message };
}

export async function stopSender(sender: string): Promise<Partners['senders'] | { why: Text }> {
  const { stopSender: reply } = await ask(StopSender, { sender });
  if (reply.__typename === 'Senders') return reply;
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return { why: reply.message };
}
