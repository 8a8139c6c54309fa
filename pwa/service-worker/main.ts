import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { drain } from '../data/send.ts';
import { SERVERS_OWN } from './denied.ts';
import { onNotificationClick, onPush, onSubscriptionChange } from './push.ts';

declare const self: ServiceWorkerGlobalScope;
declare const __SHELL__: { url: string; revision: string | null }[];

type SyncEvent = ExtendableEvent & { tag: string };

precacheAndRoute(__SHELL__);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), {
  denylist: [SERVERS_OWN],
}));

self.addEventListener('push', (event) => event.waitUntil(onPush(self, event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(onNotificationClick(self, event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => {
  (event as ExtendableEvent).waitUntil(onSubscriptionChange(self));
});
self.addEventListener('sync', (event) => {
  if ((event as SyncEvent).tag === 'outbox') (event as SyncEvent).waitUntil(drain(true));
});
self.addEventListener('message', (event) => {
  if (event.data?.kind === 'take over') event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
