import { papersBegun } from '../device/begun.ts';
import { tell } from '../device/changes.ts';
import { readDrafts } from '../device/drafts.ts';
import { readOwnThings } from '../device/own-things.ts';
import { sweepPapers, type Paper } from '../device/papers.ts';
import { readShared, sweepShared } from '../device/shared.ts';
import { readOutbox, isDue, isUnsent, dropItem } from '../device/outbox.ts';
import { closedAt } from '../device/lock.ts';
import { recheckPush } from '../device/push.ts';
import { readSnapshot } from '../device/snapshot.ts';
import { wakeNowAndThen } from '../device/worker.ts';
import { arrived } from './arrival.ts';
import { isUndecided } from './undecided.ts';
import { heard } from './line.ts';
import { finishLogout } from './logout.ts';
import { quietly, refreshApplications, refreshHome, refreshInbox, refreshWho } from './refresh.ts';
import { drain } from './send.ts';
import type { Application } from './shapes.ts';
import { languageNow, settleLanguage } from './wishes.ts';

/** When the app talks to the server by itself: at start, when the line or she comes back, and when an item's pause is over. */

const LONG_AGO = 60_000;
const DAY = 86_400_000;
const SENT_IS_KEPT = 30 * DAY;
const FINAL: readonly Application['state'][] = ['DECIDED', 'REJECTED', 'WITHDRAWN'];
let lastLook = 0;

export function keepFresh(): void {
  addEventListener('online', () => {
    heard(true);
    lookAround();
  });
  addEventListener('offline', () => heard(false));
  addEventListener('languagechange', () => tell('device'));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    tell('device');
    if (Date.now() - lastLook > LONG_AGO) lookAround();
    else quietly(drain());
  });
  setInterval(() => quietly(drainWhenDue()), 2_000);
  lookAround();
}

/** Brings everything up to date, unless the app is locked. */
export function lookAround(): void {
  lastLook = Date.now();
  void import('./now.ts').then(({ hearNow }) => hearNow()).catch(() => undefined);
  quietly(refreshEverything());
}

async function refreshEverything(): Promise<void> {
  if (await closedAt()) return arrived();
  if (!(await finishLogout())) return arrived();
  await clearAccepted();
  await sweepShared();
  await sweepPapers(await papersInUse());
  const language = languageNow(); // before what she chose is sent
  quietly(drain(true));
  const viewer = await refreshWho().finally(arrived);
  if (!viewer) return;
  await settleLanguage(viewer, language);
  if (!isUndecided(viewer)) quietly(refreshHome('when old'));
  quietly(refreshInbox());
  quietly(refreshApplications());
  void import('./emergency.ts').then(({ keepPack }) => keepPack(viewer.ward)).catch(() => undefined); // the pack that lies here stays
  quietly(wakeNowAndThen());
  const { service } = await readSnapshot();
  if (service) quietly(recheckPush(service.value.pushKey));
}

async function drainWhenDue(): Promise<void> {
  if (await closedAt()) return;
  const due = (await readOutbox()).some((item) => isUnsent(item) && !item.needsSignIn && !item.needsProof && isDue(item));
  if (due) await drain();
}

/** Photographs of what she is writing, to a school too, of what lies in the outbox, files of notices that she keeps here, her
 * own papers, and what was shared and waits. */
async function papersInUse(): Promise<Paper[]> {
  const [drafts, outbox, { files }] = await Promise.all([readDrafts(), readOutbox(), readSnapshot()]);
  const sent = outbox.flatMap(({ wish }) => (wish.kind === 'submit' || wish.kind === 'line' ? (wish.papers ?? []) : []));
  const [own, shared, begun] = await Promise.all([readOwnThings(), readShared(), papersBegun()]);
  return [
    ...drafts.flatMap(({ papers }) => papers ?? []), ...sent, ...(files?.value ?? []).map(({ paper }) => paper),
    ...own.papers.map(({ paper }) => paper), ...shared.map(({ paper }) => paper), ...begun,
  ];
}

/** What the server accepted a day ago need not be kept here; a form that the ward may send back a little longer. */
async function clearAccepted(): Promise<void> {
  const { applications } = await readSnapshot();
  const isOpen = (id: string) => applications?.value.some((one) => one.id === id && !FINAL.includes(one.state));
  for (const { id, outcome } of await readOutbox()) {
    if (outcome.state !== 'accepted') continue;
    if (Date.now() - Date.parse(outcome.at) > (isOpen(id) ? SENT_IS_KEPT : DAY)) await dropItem(id);
  }
}
