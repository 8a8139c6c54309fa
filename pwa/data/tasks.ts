import { keep } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { withoutLink } from './asked-of-others.ts';
import { ShowAskable, ShowParts } from './documents.ts';
import { had } from './family.ts';
import { ours } from './refresh.ts';
import type { Part, Text } from './shapes.ts';

/** What was asked of others is asked anew each time it is shown: whose turn it is changes by another's hand. */

/** What is wrong with which entry. */
export type Faults = Record<string, Text>;

type Reply = { __typename: string; fields?: readonly { field?: string; message: Text }[] } | null | undefined;

export function faultsOf(reply: Reply): Faults {
  if (reply?.__typename !== 'FieldsRefused') return {};
  return Object.fromEntries((reply.fields ?? []).flatMap((one) => (one.field ? [[one.field, one.message]] : [])));
}

const viewed = <T extends object>(value: T | null | undefined) => (value ? { __typename: 'Told' as const, ...value } : null);

/** Kept without their links, so that home can say who is waited for. */
export async function askParts() {
  const asked = await had(async () => viewed(await ours((await ask(ShowParts, {})).viewer)), 'Told');
  if (asked.value) await keep('parts', asked.value.parts.map(withoutLink));
  return asked;
}

export const askAskable = (step: string) => had(async () => viewed((await ask(ShowAskable, { step })).viewer), 'Told');

export const linkOf = (part: Pick<Part, 'code'>): string => `${location.origin}/task#${part.code ?? ''}`;

/** An application waits for these; those that will not come by themselves wait for her choice. */
export const isOpen = (part: Pick<Part, 'state'>): boolean => part.state === 'ASKED';
export const isStuck = (part: Pick<Part, 'state'>): boolean => part.state === 'DECLINED' || part.state === 'EXPIRED';
