import { keep } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { AddSlip, ForgetSlip, PayByCard, ShowPayments } from './documents.ts';
import { ours, refreshWho } from './refresh.ts';
import type { Bill, Text } from './shapes.ts';

export { isDue } from './bill-due.ts';

/** What she has to pay: kept on the device, so that number and square of a slip are there without a network. */

export type Numbers = { institution: string; payment: string; confirmation: string; kind: string };
export type Refused = { message: Text; field: string | null };

export async function refreshPayments(): Promise<readonly Bill[] | null> {
  const viewer = await ours((await ask(ShowPayments, {})).viewer);
  if (viewer) await keep('payments', viewer.payments);
  return viewer?.payments ?? null;
}

/** The address of the card provider's page, or why there is none. Rejects with NoAnswer. */
export async function cardPage(bill: string): Promise<{ url: string } | { why: Text }> {
  const { payByCard: reply } = await ask(PayByCard, { bill });
  if (reply.__typename === 'CardPage') return { url: reply.url };
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  else await refreshPayments();
  return { why: reply.message };
}

/** null: kept, and being looked up. `id` is the same for every try of one slip. Rejects with NoAnswer. */
export async function addSlip(id: string, numbers: Numbers): Promise<Refused | null> {
  const { addSlip: reply } = await ask(AddSlip, { input: { id, ...numbers, kind: numbers.kind || null } });
  if (reply.__typename === 'Bill') {
    await refreshPayments();
    return null;
  }
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return { message: reply.message, field: reply.__typename === 'FieldsRefused' ? reply.fields[0]?.field ?? null : null };
}

/** null: put away. Rejects with NoAnswer. */
export async function forgetSlip(bill: string): Promise<Text | null> {
  const { forgetSlip: reply } = await ask(ForgetSlip, { bill });
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  else await refreshPayments();
  return reply.__typename === 'Bill' ? null : reply.message;
}

/** A payment began and nobody has said how it ended. */
export const isUnderWay = (bill: Bill, now = Date.now()): boolean =>
  bill.state === 'DUE' && bill.tries.some((one) => one.state === 'STARTED' && Date.parse(one.endsAt) > now);
