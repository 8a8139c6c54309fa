import { ask } from '../data/ask.ts';
import { SubscribePush, UnsubscribePush } from '../data/documents.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { isInstalled } from './install.ts';
import { isIos } from './ios.ts';
import { mayWrite } from './leaving.ts';
import { pushBegins } from './push-health.ts';

/** unsupported: this browser cannot. install: iOS before it stands on the home screen. denied: she or the browser said no. */
export type PushState = 'on' | 'off' | 'denied' | 'unsupported' | 'install';

const WISH = 'push-wanted';

export async function readPushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis) || !('Notification' in globalThis)) {
    return needsInstall() ? 'install' : 'unsupported';
  }
  if (Notification.permission === 'denied') return 'denied';
  const wanted = await (await device()).get('device', WISH);
  return wanted && (await subscription()) ? 'on' : 'off';
}

/** iOS and iPadOS give Web Push to home-screen apps only (16.4 and later). */
const needsInstall = (): boolean => isIos(navigator) && !isInstalled();

/** Tells when the permission may be another: she comes back from the phone's settings, or the browser says so. */
export function hearPermission(ear: () => void): () => void {
  const end = new AbortController();
  document.addEventListener('visibilitychange', ear, { signal: end.signal });
  if ('permissions' in navigator) {
    navigator.permissions.query({ name: 'notifications' })
      .then((status) => status.addEventListener('change', ear, { signal: end.signal }), () => undefined); // cannot tell
  }
  return () => end.abort();
}

async function subscription(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration();
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** Asks for the permission; only ever called from her touch. Rejects with NoAnswer when the server cannot be told. */
export async function turnPushOn(pushKey: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return readPushState();
  await (await device()).put('device', true, WISH);
  await pushBegins();
  await subscribe(pushKey);
  tell('device');
  return readPushState();
}

/** The subscription may have vanished or changed behind our back: makes it anew and tells the server again. */
export async function recheckPush(pushKey: string): Promise<void> {
  if (!mayWrite() || !(await (await device()).get('device', WISH))) return;
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  await subscribe(pushKey);
}

/** Makes sure that this phone is registered, with a fresh address if asked; the address, null: it was refused. */
export async function renewPush(pushKey: string, afresh = false): Promise<string | null> {
  if (afresh) await (await subscription())?.unsubscribe();
  await subscribe(pushKey);
  return (await subscription())?.endpoint ?? null;
}

/** Whoever is leaving meanwhile gets none: the browser may take its time, and logout has then looked already. */
async function subscribe(pushKey: string): Promise<void> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const kept = await pushManager.getSubscription();
  if (kept && !isFor(kept, pushKey)) await kept.unsubscribe();
  const key = bytes(pushKey);
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  if (!mayWrite()) {
    await made.unsubscribe();
    return;
  }
  const { endpoint, keys } = made.toJSON();
  const input = { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' };
  const { subscribePush: reply } = await ask(SubscribePush, { input });
  if (reply.__typename === 'EndpointRefused') await made.unsubscribe();
}

export async function turnPushOff(): Promise<PushState> {
  await (await device()).delete('device', WISH);
  const kept = await subscription();
  if (kept) {
    await kept.unsubscribe();
    await ask(UnsubscribePush, { endpoint: kept.endpoint }).catch(() => undefined);
  }
  tell('device');
  return readPushState();
}

/** Ends the subscription on this device alone; the server ends its part at the logout. */
export async function forgetPush(): Promise<void> {
  if ('serviceWorker' in navigator) await (await subscription())?.unsubscribe();
}

function isFor(kept: PushSubscription, pushKey: string): boolean {
  const key = kept.options.applicationServerKey;
  return key === null || base64url(new Uint8Array(key)) === pushKey.replace(/=+$/, '');
}

const base64url = (raw: Uint8Array): string =>
  btoa(String.fromCharCode(...raw)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
}
