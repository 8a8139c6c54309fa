import { keepPack } from '../data/emergency.ts';
import { refreshInbox } from '../data/refresh.ts';
import { countBadge } from '../device/badge.ts';
import { closedAt } from '../device/lock.ts';

/** Woken by the browser now and then (Periodic Background Sync): the ward's shelters and the notices, each failing alone. */
export async function keepPackFresh(): Promise<void> {
  const isOpen = (await closedAt()) === null;
  await Promise.allSettled([keepPack(null), ...(isOpen ? [refreshInbox()] : [])]);
  if (isOpen) await countBadge(false).catch(() => undefined); // she may have read on another device
}
