import { offerPasskey } from '../device/passkey-offer.ts';
import { drop, keep } from '../device/snapshot.ts';
import { expectSomeone } from './arrival.ts';
import { ask, NoAnswer } from './ask.ts';
import { BeginMerge, ChooseMovingTo, DeleteAccount, MergeAccounts, OfferMerge, ReadChanges, ShowAccount } from './documents.ts';
import { ours, quietly, refreshHome, refreshWho } from './refresh.ts';
import type { Account, MergeOffer, Text } from './shapes.ts';
import { proveFirst } from './step-up.ts';
import { send } from './token.ts';

/** Her account: what the card told, what changed, two that become one, and its end. null: done; else why not. */

export async function refreshAccount(): Promise<void> {
  const viewer = await ours((await ask(ShowAccount, {})).viewer);
  if (viewer) await keep('account', viewer.account);
}

export const readChanges = async (): Promise<Text | null> => taken((await ask(ReadChanges, {})).changesRead);

/** The ward she is going to move to, in her own word; null: none. */
export const chooseMovingTo = async (ward: string | null): Promise<Text | null> =>
  taken((await ask(ChooseMovingTo, { ward })).chooseMovingTo);

type Reply = ({ __typename: 'Account' } & Account) | { __typename: string; message: Text };

async function taken(reply: Reply): Promise<Text | null> {
  if (!('madeAt' in reply)) return reply.message;
  const { __typename: _, ...account } = reply;
  await keep('account', account as Account);
  return null;
}

/** From when on it is erased, or why it was not taken. */
export async function deleteAccount(typed: string): Promise<{ at: string } | { why: Text }> {
  const { deleteAccount: reply } = await ask(DeleteAccount, { typed });
  if (reply.__typename === 'AccountErasing') return { at: reply.at };
  const why = reply.__typename === 'FieldsRefused' ? reply.fields[0]?.message : reply.message;
  if (!why) throw new NoAnswer('fault');
  return { why };
}

const SHELF = 'merge';

/** She is in the first account: from now on this browser may prove the second. */
export async function beginMerge(): Promise<Text | null> {
  let { beginMerge: reply } = await ask(BeginMerge, {});
  if (reply.__typename === 'StepUpNeeded' && (await proveFirst({ cardOnly: false, to: '/account' }))) {
    reply = (await ask(BeginMerge, {})).beginMerge;
  }
  if (reply.__typename !== 'MergeBegun') return reply.message;
  sessionStorage.setItem(SHELF, JSON.stringify({ token: reply.token, until: reply.until }));
  return null;
}

/** The token of a wish that may still be fulfilled. */
export function mergeUnderWay(now = Date.now()): string | null {
  const { token, until } = JSON.parse(sessionStorage.getItem(SHELF) ?? '{}') as { token?: string; until?: string };
  return token && until && Date.parse(until) > now ? token : null;
}

export const forgetMerge = (): void => sessionStorage.removeItem(SHELF);

export async function offerOf(token: string): Promise<MergeOffer | Text> {
  const { offerMerge: reply } = await ask(OfferMerge, { token });
  return reply.__typename === 'MergeOffer' ? { stays: reply.stays, goes: reply.goes } : reply.message;
}

/** Both become one; what this device shows is asked anew, and may be of another id now. */
export async function merge(token: string): Promise<Text | null> {
  const why = await taken((await ask(MergeAccounts, { token })).mergeAccounts);
  if (why) return why;
  forgetMerge();
  await drop('applications');
  await refreshWho();
  await refreshAccount();
  quietly(refreshHome('when old'));
  return null;
}

/** The code from a ward's desk. null: she is in; else why not. Rejects with NoAnswer. */
export async function enterCode(code: string): Promise<Text | null> {
  const answer = await send('/login/code', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code }), cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  }).catch(() => null);
  if (!answer) throw new NoAnswer('unreachable');
  if (answer.ok) {
    expectSomeone();
    offerPasskey();
    return null;
  }
  const said = (await answer.json().catch(() => ({}))) as { message?: Text };
  if (!said.message) throw new NoAnswer('fault');
  return said.message;
}
