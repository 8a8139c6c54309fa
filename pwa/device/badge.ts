import { isUnread } from '../data/mail/letter.ts';
import { device } from './database.ts';
import { readSnapshot } from './snapshot.ts';

/** The number on the app's icon: notices not read. Kept, so that a worker that may not read what is sealed counts on. */

const BADGE = 'badge';
type Badged = { setAppBadge?(count: number): Promise<void>; clearAppBadge?(): Promise<void> };

export async function showBadge(unread: number): Promise<void> {
  await (await device()).put('device', unread, BADGE);
  const { setAppBadge, clearAppBadge } = navigator as Badged;
  const done = unread > 0 ? setAppBadge?.call(navigator, unread) : clearAppBadge?.call(navigator);
  await done?.catch(() => undefined);
}

/** For the worker, after a push: what lies here is counted; where that is sealed, what was `told`, or one more than before. */
export async function countBadge(isNew: boolean, told: number | null = null): Promise<void> {
  const { inbox } = await readSnapshot();
  const kept = Number(await (await device()).get('device', BADGE)) || 0;
  const unread = inbox?.value.filter((one) => isUnread(one) && one.archivedAt === null).length;
  await showBadge(unread ?? told ?? kept + Number(isNew));
}
