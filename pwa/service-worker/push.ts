import { ask } from '../data/ask.ts';
import { SubscribePush, UnsubscribePush, WhoIsHere } from '../data/documents.ts';
import { inboxAnew, refreshInbox } from '../data/refresh.ts';
import { drain } from '../data/send.ts';
import type { Notice } from '../data/shapes.ts';
import { HTML_LANG, type Language } from '../text/languages.ts';
import { countBadge } from '../device/badge.ts';
import { device } from '../device/database.ts';
import { languageOfWorker } from '../device/language-keeping.ts';
import { pushArrived } from '../device/push-health.ts';
import { readSnapshot } from '../device/snapshot.ts';
import { insist } from './insist.ts';
import { ownPath, record, textOf, understand, type PushNews } from './push-news.ts';
import { firstShowing } from './shown.ts';

type Worker = ServiceWorkerGlobalScope;
type Words = { unknown: string; urgent: string; open: string; later: string };

/** What the worker says by itself; otherwise it shows the mail room's own words in her language. */
const WORDS: Record<Language, Words> = {
  ja: { unknown: '新しいお知らせがあります', urgent: '緊急のお知らせがあります。開いて確認してください', open: '開く', later: 'あとで' },
  easy: { unknown: '新しい お知らせが あります', urgent: '大切な お知らせです。すぐに 見てください', open: '見る', later: 'あとで' },
  en: { unknown: 'You have a new notice', urgent: 'Urgent notice. Open it now', open: 'Open', later: 'Later' },
  'zh-Hans': { unknown: '您有新的通知', urgent: '紧急通知。请立即打开确认', open: '打开', later: '稍后' },
  'zh-Hant': { unknown: '您有新的通知', urgent: '緊急通知。請立即打開確認', open: '打開', later: '稍後' },
  ko: { unknown: '새 알림이 있습니다', urgent: '긴급 알림이 있습니다. 지금 열어 확인해 주세요', open: '열기', later: '나중에' },
  vi: { unknown: 'Bạn có thông báo mới', urgent: 'Thông báo khẩn. Hãy mở ngay', open: 'Mở', later: 'Để sau' },
  ne: { unknown: 'नयाँ सूचना आएको छ', urgent: 'जरुरी सूचना। अहिले खोल्नुहोस्', open: 'खोल्ने', later: 'पछि' },
  tl: { unknown: 'May bagong abiso para sa inyo', urgent: 'Agarang abiso. Buksan ngayon', open: 'Buksan', later: 'Mamaya' },
  pt: { unknown: 'Você tem um novo aviso', urgent: 'Aviso urgente. Abra agora', open: 'Abrir', later: 'Depois' },
};
const URGENT = 'urgent';
/** All phones are rung for at once; each fetches the text at a moment of its own within so many milliseconds. */
const JITTER = 15_000;
const EMERGENCY_LASTS = 86_400_000;

/** Shows who wrote and never what; a notice already shown is not shown again. */
export async function onPush(self: Worker, event: PushEvent): Promise<void> {
  const text = textOf(event);
  await pushArrived().catch(() => undefined);
  if (text === null) return onAlarm(self);
  const news = understand(text);
  if (news.trial !== null) return onTrial(self, news);
  if (news.digest !== null) return onDigest(self, news, news.digest);
  const key = news.revision > 1 ? `${news.notice}:${news.revision}` : news.notice;
  const isNew = key === null || (await firstShowing(key).catch(() => true));
  if (isNew) await show(self, news);
  await closeAlarm(self);
  await fetchNews(self, isNew, news.unread);
}

async function fetchNews(self: Worker, isNew: boolean, unread: number | null = null, hear = refreshInbox): Promise<void> {
  const pages = await pagesOf(self);
  pages.forEach((page) => page.postMessage({ kind: 'notices' }));
  if (!pages.length) await Promise.all([drain(true), hear().catch(() => undefined)]);
  await countBadge(isNew, unread).catch(() => undefined);
}

/** An emergency has rung with nothing to read in it: a prepared text at once, then what it is about. */
async function onAlarm(self: Worker): Promise<void> {
  const words = WORDS[await languageOfWorker().catch(() => 'ja' as const)];
  await notify(self, words.urgent, URGENT, '/inbox', true);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * JITTER));
  await fetchNews(self, true, null, () => insist(inboxAnew));
  const { inbox } = await readSnapshot();
  const newest = inbox?.value.find((one) => isAlarming(one));
  if (newest && (await firstShowing(newest.id).catch(() => false))) {
    await notify(self, words.urgent, newest.id, `/inbox/${newest.id}`, true);
    await closeAlarm(self);
  }
}

const isAlarming = ({ kind, openedAt, sentAt }: Notice): boolean =>
  kind === 'EMERGENCY' && openedAt === null && Date.now() - Date.parse(sentAt) < EMERGENCY_LASTS;

async function closeAlarm(self: Worker): Promise<void> {
  (await self.registration.getNotifications({ tag: URGENT })).forEach((one) => one.close());
}

/** In place of yesterday's, which may still lie there. */
async function onDigest(self: Worker, news: PushNews, digest: string): Promise<void> {
  const tag = `digest:${digest}`;
  const isNew = await firstShowing(tag).catch(() => true);
  if (isNew) {
    const language = await languageOfWorker().catch(() => 'ja' as const);
    const shown = await self.registration.getNotifications();
    shown.filter((one) => one.tag.startsWith('digest:')).forEach((one) => one.close());
    await notify(self, news.sender ?? WORDS[language].unknown, tag, '/inbox', false, news.body ?? undefined);
  }
  await fetchNews(self, isNew);
}

async function onTrial(self: Worker, news: PushNews): Promise<void> {
  await notify(self, news.sender ?? WORDS.ja.unknown, 'trial', news.navigate, false);
  (await pagesOf(self)).forEach((page) => page.postMessage({ kind: 'push-trial', trial: news.trial }));
}

async function show(self: Worker, news: PushNews): Promise<void> {
  const language = await languageOfWorker().catch(() => 'ja' as const);
  await notify(self, news.sender ?? WORDS[language].unknown, news.notice ?? 'kurashimado', news.navigate, false);
}

type Shown = NotificationOptions & { actions: { action: string; title: string }[] };

async function notify(self: Worker, title: string, tag: string, navigate: string, stays: boolean, body?: string): Promise<void> {
  const language = await languageOfWorker().catch(() => 'ja' as const);
  const { open, later } = WORDS[language];
  const shown: Shown = {
    tag,
    ...(body === undefined ? {} : { body }),
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    lang: HTML_LANG[language],
    data: { navigate: ownPath(navigate, self.location.origin) },
    actions: [{ action: 'open', title: open }, { action: 'later', title: later }],
    requireInteraction: stays,
  };
  await self.registration.showNotification(title, shown);
}

const pagesOf = (self: Worker): Promise<readonly WindowClient[]> =>
  self.clients.matchAll({ type: 'window', includeUncontrolled: true });

/** Opens the notice in the app that is there, or opens the app at it; never a foreign address. Later: it stays unread. */
export async function onNotificationClick(self: Worker, { notification, action }: NotificationEvent): Promise<void> {
  notification.close();
  if (action === 'later') return;
  const path = ownPath(record(notification.data).navigate, self.location.origin);
  const pages = await pagesOf(self);
  const page = pages.find((one) => one.visibilityState === 'visible') ?? pages[0];
  if (!page) {
    await self.clients.openWindow(path);
    return;
  }
  await page.focus().catch(() => undefined);
  page.postMessage({ kind: 'go', path });
}

type Changed = { oldSubscription?: PushSubscription | null };

/** The browser has renewed the subscription: the server is told the new address, if she still wants notices. */
export async function onSubscriptionChange(self: Worker, { oldSubscription }: Changed): Promise<void> {
  if (!(await (await device()).get('device', 'push-wanted'))) return;
  const { service, viewer } = await ask(WhoIsHere, {});
  if (!viewer) return;
  const key = Uint8Array.from(atob(service.pushKey.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const made = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = made.toJSON();
  await ask(SubscribePush, { input: { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } });
  const old = oldSubscription?.endpoint;
  if (old && old !== endpoint) await ask(UnsubscribePush, { endpoint: old }).catch(() => undefined);
}
