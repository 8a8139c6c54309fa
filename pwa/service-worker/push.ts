import { ask } from '../data/ask.ts';
import { SubscribePush, WhoIsHere } from '../data/documents.ts';
import { refreshInbox } from '../data/refresh.ts';
import { drain } from '../data/send.ts';
import type { Language } from '../data/shapes.ts';
import { device } from '../device/database.ts';
import { languageOfWorker } from '../device/language.ts';
import { ownPath, record, understand, type PushNews } from './push-news.ts';
import { firstShowing } from './shown.ts';

/** For a push that cannot be understood; otherwise the mail room's own words in her language. */
const UNKNOWN: Record<Language, string> = {
  ja: '新しいお知らせがあります',
  easy: '新しい お知らせが あります',
  en: 'You have a new notice',
};

/** Shows who wrote and never what; a notice already shown is not shown again. */
export async function onPush(self: ServiceWorkerGlobalScope, data: PushMessageData | null): Promise<void> {
  const news = understand(data?.text() ?? '');
  const isNew = news.notice === null || (await firstShowing(news.notice).catch(() => true));
  if (isNew) await show(self, news);
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  pages.forEach((page) => page.postMessage({ kind: 'notices' }));
  if (!pages.length) await Promise.all([drain(true), refreshInbox().catch(() => undefined)]);
}

async function show(self: ServiceWorkerGlobalScope, news: PushNews): Promise<void> {
  const language = await languageOfWorker().catch(() => 'ja' as const);
  await self.registration.showNotification(news.sender ?? UNKNOWN[language], {
    tag: news.notice ?? 'kurashimado',
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    lang: language === 'en' ? 'en' : 'ja',
    data: { navigate: ownPath(news.navigate, self.location.origin) },
  });
}

/** Opens the notice in the app that is there, or opens the app at it; never a foreign address. */
export async function onNotificationClick(self: ServiceWorkerGlobalScope, notification: Notification): Promise<void> {
  notification.close();
  const path = ownPath(record(notification.data).navigate, self.location.origin);
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => one.visibilityState === 'visible') ?? pages[0];
  if (!page) {
    await self.clients.openWindow(path);
    return;
  }
  await page.focus().catch(() => undefined);
  page.postMessage({ kind: 'go', path });
}

/** The browser has renewed the subscription: the server is told the new address, if she still wants notices. */
export async function onSubscriptionChange(self: ServiceWorkerGlobalScope): Promise<void> {
  if (!(await (await device()).get('device', 'push-wanted'))) return;
  const { service, viewer } = await ask(WhoIsHere, {});
  if (!viewer) return;
  const key = Uint8Array.from(atob(service.pushKey.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const made = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = made.toJSON();
  await ask(SubscribePush, { input: { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } });
}
