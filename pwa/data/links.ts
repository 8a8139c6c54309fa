import { keep } from '../device/snapshot.ts';
import { ask, NoAnswer, pause } from './ask.ts';
import { ShowLinks, UnlinkId } from './documents.ts';
import { heard } from './line.ts';
import { ours, refreshWho } from './refresh.ts';
import type { Text } from './shapes.ts';
import { send } from './token.ts';

/** IDs she has elsewhere: listed, linked by going there, unlinked here. */

export async function refreshLinks(): Promise<void> {
  const viewer = await ours((await ask(ShowLinks, {})).viewer);
  if (viewer) await keep('links', viewer.links.offers);
}

/** null: forgotten, here and with the server; else why not. Rejects with NoAnswer. */
export async function unlink(provider: string): Promise<Text | null> {
  const { unlinkId: reply } = await ask(UnlinkId, { provider });
  if (reply.__typename === 'Links') {
    await keep('links', reply.offers);
    return null;
  }
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  else await refreshLinks();
  return reply.message;
}

/** Where she proves that the ID is hers; it leads back to /links. Rejects with NoAnswer. */
export async function wayTo(provider: string): Promise<string> {
  const to = encodeURIComponent(`/links?linked=${provider}`);
  const options = { method: 'POST', signal: AbortSignal.timeout(15_000) };
  const response = await send(`/login/link/${encodeURIComponent(provider)}?to=${to}`, options).catch(() => null);
  heard(response !== null);
  if (!response) throw new NoAnswer('unreachable');
  const answer = (await response.json().catch(() => ({}))) as { url?: unknown };
  if (!response.ok || typeof answer.url !== 'string') {
    throw new NoAnswer(response.status >= 500 || response.status === 429 ? 'busy' : 'fault', pause(response));
  }
  return answer.url;
}
