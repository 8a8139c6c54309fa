import { readNewVersion, tellNewVersion } from './new-version.ts';

/** The page's side of the service worker. */

type News = { kind: 'notices' } | { kind: 'go'; path: string } | { kind: 'push-trial'; trial: string };

let registration: ServiceWorkerRegistration | null = null;
let pressed = false;
/** So long hidden, and she is not coming back at once. */
const AWAY = 30_000;
/** Milliseconds. On a busy phone Chromium may leave the old worker in its place though the new one asked for it; a page
 * that is loaded gives it the next occasion, and she sees that something happened. */
const SLOW_TO_YIELD = 6_000;

type Ways = {
  onNews: (news: News) => void;
  /** She is writing, choosing or sending here: nothing is loaded anew under her hands. */
  isBusy: () => boolean;
};

/** Registers the worker and passes on what it tells; a browser without one works as a plain page. */
export async function startWorker({ onNews, isBusy }: Ways): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', (event: MessageEvent<News>) => onNews(event.data));
  let isFirst = serviceWorker.controller === null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isFirst) isFirst = false; // it has only just come
    else void followNewVersion(isBusy);
  });
  registration = await serviceWorker.register(workerAddress(), { updateViaCache: 'none' });
  const known = registration;
  const follow = () => { // it may be waiting already when this is heard
    known.installing?.addEventListener('statechange', announce);
    announce();
  };
  known.addEventListener('updatefound', follow);
  follow();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void lookForNewVersion();
    else setTimeout(() => void takeWhenAway(isBusy), AWAY);
  });
}

/** Where what writes drafts was never fetched, none was written here. */
const draftsAreSafe = (): Promise<unknown> => Promise.all([
  import('./drafts.ts').then((drafts) => drafts.draftsAreSafe(), () => undefined),
  import('./begun.ts').then((begun) => begun.begunIsSafe(), () => undefined),
]);

export const lookForNewVersion = async (): Promise<void> => void (await registration?.update().catch(() => undefined));

function announce(): void {
  if (readNewVersion() !== 'elsewhere') tellNewVersion(navigator.serviceWorker.controller && registration?.waiting ? 'ready' : 'nothing');
}

/** The worker is of the new version now, for all tabs: this one follows at once, or when she is done. */
async function followNewVersion(isBusy: () => boolean): Promise<void> {
  await draftsAreSafe();
  if (pressed || document.visibilityState === 'hidden' || !isBusy()) return location.reload();
  tellNewVersion('elsewhere');
}

/** She looks at none of the tabs and writes in none: the worker itself looks at the others (service-worker/main.ts). */
async function takeWhenAway(isBusy: () => boolean): Promise<void> {
  if (document.visibilityState !== 'hidden' || !registration?.waiting || isBusy()) return;
  await draftsAreSafe();
  registration.waiting.postMessage({ kind: 'take over when away' });
}

/** Changes to the new version once every draft is on the device. */
export async function takeNewVersion(): Promise<void> {
  await draftsAreSafe();
  pressed = true;
  if (!registration?.waiting) return location.reload();
  registration.waiting.postMessage({ kind: 'take over' });
  setTimeout(() => location.reload(), SLOW_TO_YIELD);
}

/** One line about the waiting version, in her language or another she reads; null: nothing is said. */
export async function readWhatIsNew(): Promise<Record<string, string> | null> {
  const answer = await fetch('/whats-new.json', { cache: 'no-store', signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return answer?.ok ? ((await answer.json().catch(() => null)) as Record<string, string> | null) : null;
}

/** Asks the browser to wake the worker when the line is back, where it can (Background Sync). */
export async function wakeWhenBack(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  const { sync } = registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('outbox').catch(() => undefined);
}

const HALF_A_DAY = 12 * 60 * 60_000;

/** Lets the browser wake the worker now and then, so that the emergency pack is fresh, where it does that by itself for
 * an installed app (Periodic Background Sync); elsewhere it is fresh from the last start. */
export async function wakeNowAndThen(): Promise<void> {
  if (!('serviceWorker' in navigator) || !('permissions' in navigator)) return;
  const known = await navigator.serviceWorker.getRegistration();
  const { periodicSync } = (known ?? {}) as { periodicSync?: { register(tag: string, how: { minInterval: number }): Promise<void> } };
  if (!periodicSync) return;
  const may = await navigator.permissions.query({ name: 'periodic-background-sync' as PermissionName }).catch(() => null);
  if (may?.state === 'granted') await periodicSync.register('emergency', { minInterval: HALF_A_DAY }).catch(() => undefined);
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
