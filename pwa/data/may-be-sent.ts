import { ask } from './ask.ts';
import { ShowNeeds } from './documents.ts';
import { proveFirst } from './step-up.ts';

/**
 * Whether she may send this now, after proving it if need be; what she wrote is kept first. Without a network that is
 * asked when it is sent.
 */
export async function mayBeSent(procedure: string, to: string, keep: () => Promise<void>): Promise<boolean> {
  const needs = await ask(ShowNeeds, { procedure }).then(({ viewer }) => viewer?.needs, () => null);
  if (!needs || needs.isMet) return true;
  await keep();
  return proveFirst({ cardOnly: needs.cardOnly, to });
}
