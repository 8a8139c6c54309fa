import { render } from 'preact';
import './design/app.css';
import { noticeArrival } from './data/arrival.ts';
import { keepFresh } from './data/keep-fresh.ts';
import { quietly, refreshInbox } from './data/refresh.ts';
import { awaitInstallOffer } from './device/install.ts';
import { tellWorkerLanguage } from './device/language.ts';
import { closeIfDue, watchLock } from './device/lock.ts';
import { sealWhatLiesOpen } from './device/shelves.ts';
import { startWorker } from './device/worker.ts';
import { App } from './screens/app.tsx';
import { DeviceProvider, readDevice } from './screens/device-state.tsx';
import { followLinks, go, safePath } from './screens/router.ts';

awaitInstallOffer();
noticeArrival();
followLinks();

await closeIfDue().catch(reportError);
await sealWhatLiesOpen().catch(reportError);
const first = await readDevice();
const root = document.getElementById('app');
if (root) render(<DeviceProvider first={first}><App /></DeviceProvider>, root);

watchLock();
keepFresh();
quietly(tellWorkerLanguage());
await startWorker((news) => {
  if (news.kind === 'notices') quietly(refreshInbox());
  if (news.kind === 'go') go(safePath(news.path));
});
