/** The worker of the counter's page alone: newest from the network, else what was kept when it was last there. */

export {};
declare const self: ServiceWorkerGlobalScope;

const CACHE = 'handover';
const KEPT = [
  '/staff/handover', '/staff/handover/words.json', '/.well-known/handover-jwks.json',
  '/assets/staff.css', '/assets/staff-handover.js', '/icons/icon.svg',
];
/** Milliseconds; a ward hall's network may be there and yet answer nothing. */
const PATIENCE = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method === 'GET' && origin === self.location.origin && KEPT.includes(pathname)) {
    event.respondWith(newest(event.request, pathname));
  }
});

async function newest(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) await cache.put(path, answer.clone());
    else throw new Error(String(answer.status));
    return answer;
  } catch {
    return (await cache.match(path)) ?? Response.error();
  }
}
