import type { MailWishes, Notice } from '../data/shapes.ts';
import { device } from './database.ts';
import { readSnapshot } from './snapshot.ts';

/** Whether notices still reach this phone, judged by what lies on it: a subscription may be there and nothing comes. */

const ARRIVED = 'push-arrived';
const SINCE = 'push-since';
const DAY = 86_400_000;
/** So many notices unannounced say that something is wrong; one may have been read elsewhere first. */
const ENOUGH = 2;

/** blocked: she wants notices and the phone forbids them. silent: notices came, and none was announced here. */
export type PushHealth = 'fine' | 'blocked' | 'silent';

export async function pushArrived(now = new Date()): Promise<void> {
  await (await device()).put('device', now.toISOString(), ARRIVED);
}

/** She has turned notices on now: what came before was not to be announced. */
export async function pushBegins(now = new Date()): Promise<void> {
  const db = await device();
  await db.put('device', now.toISOString(), SINCE);
}

export async function readPushHealth(now = new Date()): Promise<PushHealth> {
  const db = await device();
  if (!('Notification' in globalThis) || !(await db.get('device', 'push-wanted'))) return 'fine';
  if (Notification.permission !== 'granted') return 'blocked';
  const { inbox, mailWishes } = await readSnapshot();
  const heard = [await db.get('device', ARRIVED), await db.get('device', SINCE)].filter((at) => typeof at === 'string');
  const since = heard.sort().at(-1);
  if (!since || !inbox) return 'fine';
  return isSilent(inbox.value, mailWishes?.value ?? null, since, now) ? 'silent' : 'fine';
}

/** Notices of more than a day ago, so that quiet hours and a digest are over, and not of what she has muted. */
export function isSilent(inbox: readonly Notice[], wishes: MailWishes | null, since: string, now: Date): boolean {
  const muted = new Set<string>(wishes?.mutes ?? []);
  const unannounced = inbox.filter(({ sentAt, senderKey, topic }) =>
    Date.parse(sentAt) > Date.parse(since) && now.getTime() - Date.parse(sentAt) > DAY
    && !muted.has(`sender:${senderKey}`) && !muted.has(`topic:${topic.toLowerCase()}`));
  return unannounced.length >= ENOUGH;
}
