import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { drain } from '../data/send.ts';
import { languageOfWorker } from '../device/language-keeping.ts';
import { isLanguage } from '../text/languages.ts';
import { OF_WORDS, SERVERS_OWN } from './denied.ts';
import { forgetOthers, isOfOne, keepHers, texts } from './languages.ts';
import { keepPackFresh } from './pack.ts';
import { onNotificationClick, onPush, onSubscriptionChange } from './push.ts';
import { onShare } from './share.ts';

declare const self: ServiceWorkerGlobalScope;
declare const __SHELL__: { url: string; revision: string | null }[];

type SyncEvent = ExtendableEvent & { tag: string };

const files = __SHELL__.map(({ url }) => url);
precacheAndRoute(__SHELL__.filter(({ url }) => !isOfOne(url)));
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), {
  denylist: [SERVERS_OWN],
}));
registerRoute(({ url, sameOrigin, request }) => sameOrigin && request.mode === 'navigate' && OF_WORDS.test(url.pathname), ({ request }) =>
  fetch(request).catch(() => Response.redirect('/help-offline')));
registerRoute(({ url, sameOrigin }) => sameOrigin && isOfOne(url.pathname), ({ request }) => texts(request));
self.addEventListener('install', (event) => event.waitUntil(languageOfWorker().then((hers) => keepHers(files, hers))));
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers(files)));

registerRoute(({ url }) => url.pathname === '/share', ({ request }) => onShare(request), 'POST');

self.addEventListener('push', (event) => event.waitUntil(onPush(self, event)));
self.addEventListener('notificationclick', (event) => event.waitUntil(onNotificationClick(self, event)));
self.addEventListener('pushsubscriptionchange', (event) => {
  (event as ExtendableEvent).waitUntil(onSubscriptionChange(self, event as { oldSubscription?: PushSubscription | null }));
});
self.addEventListener('sync', (event) => {
  if ((event as SyncEvent).tag === 'outbox') (event as SyncEvent).waitUntil(drain(true));
});
self.addEventListener('periodicsync' as 'sync', (event) => {
  if ((event as SyncEvent).tag === 'emergency') (event as SyncEvent).waitUntil(keepPackFresh());
});
self.addEventListener('message', (event) => {
  if (event.data?.kind === 'take over') event.waitUntil(self.skipWaiting());
  if (event.data?.kind === 'keep language' && isLanguage(event.data.language)) {
    event.waitUntil(keepHers(files, event.data.language, event.data.dress).catch(() => undefined)); // without a network: at the next start
  }
  if (event.data?.kind === 'take over when away') event.waitUntil(takeOverWhenAway());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** Not while she looks at the app in another window. */
async function takeOverWhenAway(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.every((page) => page.visibilityState === 'hidden')) await self.skipWaiting();
}
