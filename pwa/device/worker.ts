import { draftsAreSafe } from './drafts.ts';

/** The page's side of the service worker. */

type News = { kind: 'notices' } | { kind: 'go'; path: string };

let waiting: ServiceWorker | null = null;
const ears = new Set<() => void>();

export const newVersionWaits = (): boolean => waiting !== null;

export function hearNewVersion(ear: () => void): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}

/** Registers the worker and passes on what it tells; a browser without one works as a plain page. */
export async function startWorker(onNews: (news: News) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<News>) => onNews(event.data));
  const registration = await navigator.serviceWorker.register(workerAddress(), { updateViaCache: 'none' });
  announce(registration);
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => announce(registration));
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
}

function announce(registration: ServiceWorkerRegistration): void {
  waiting = navigator.serviceWorker.controller ? registration.waiting : null;
  ears.forEach((ear) => ear());
}

/** Changes to the new version once every draft is on the device. */
export async function takeNewVersion(): Promise<void> {
  await draftsAreSafe();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage({ kind: 'take over' });
}

/** Asks the browser to wake the worker when the line is back, where it can (Background Sync). */
export async function wakeWhenBack(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  const { sync } = registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('outbox').catch(() => undefined);
}

type Policy = { createScriptURL(url: string): unknown };
type Policies = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };

/** Trusted Types: the one script address this app hands to the browser by itself. */
function workerAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (!trustedTypes) return '/sw.js';
  const policy = trustedTypes.createPolicy('kurashimado', {
    createScriptURL(url) {
      if (url !== '/sw.js') throw new TypeError(url);
      return url;
    },
  });
  return policy.createScriptURL('/sw.js') as string;
}
