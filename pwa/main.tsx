import { render } from 'preact';
import './design/first.css';
import { arrived, noticeArrival } from './data/arrival.ts';
import { heard, readLine } from './data/line.ts';
import { live, refreshInbox } from './data/live.ts';
import { quietly } from './data/quietly.ts';
import { isNobodyKnown, lookForEviction } from './device/evicted.ts';
import { awaitInstallOffer } from './device/install.ts';
import { closeIfDue } from './device/lock-state.ts';
import { sealWhatLiesOpen } from './device/shelves.ts';
import { App, door, fetchAhead } from './screens/app.tsx';
import { DeviceProvider, readDevice } from './screens/device-state.tsx';
import { followLinks, go, here, isBusyHere, safePath } from './screens/router.ts';

/** Milliseconds for which another screen than home is waited for before the frame stands there without it. */
const SOON = 300;
let isSending = () => false;

awaitInstallOffer();
noticeArrival();
followLinks();
const ahead = Promise.all([fetchAhead(here()), isNobodyKnown() && door.load()]);
if (readLine().arriving) quietly(live()); // nothing is shown before the server has said who is there

await closeIfDue().catch(reportError);
await lookForEviction().catch(reportError);
const first = await readDevice();
await Promise.race([ahead, new Promise((over) => setTimeout(over, SOON))]); // else a word of waiting would flash by
const root = document.getElementById('app');
if (root) render(<DeviceProvider first={first}><App /></DeviceProvider>, root);

quietly(import('./device/launches.ts').then(({ takeLaunches }) => takeLaunches(go)));
quietly(goLive());
quietly(import('./device/language-keeping.ts').then(({ tellWorkerLanguage }) => tellWorkerLanguage()));
const { startWorker } = await import('./device/worker.ts');
await startWorker({
  onNews(news) {
    if (news.kind === 'notices') quietly(refreshInbox());
    if (news.kind === 'go') go(safePath(news.path));
  },
  isBusy: () => isBusyHere() || isSending(),
});

/** Home is there; now what speaks to the server. Where that cannot be fetched, it is when the line is back. */
async function goLive(): Promise<void> {
  try {
    const told = await live();
    isSending = told.isSending;
    told.watchLock();
    await sealWhatLiesOpen().catch(reportError);
    told.keepFresh();
  } catch (cause) {
    heard(false);
    arrived();
    addEventListener('online', () => quietly(goLive()), { once: true });
    throw cause;
  }
}
