import { tell } from '../device/changes.ts';
import { readDrafts } from '../device/drafts.ts';
import { sweepPapers, type Paper } from '../device/papers.ts';
import { readOutbox, isDue, isUnsent, dropItem } from '../device/outbox.ts';
import { closedAt } from '../device/lock.ts';
import { recheckPush } from '../device/push.ts';
import { readSnapshot } from '../device/snapshot.ts';
import { arrived } from './arrival.ts';
import { isUndecided } from './consents.ts';
import { heard } from './line.ts';
import { finishLogout } from './logout.ts';
import { quietly, refreshApplications, refreshHome, refreshInbox, refreshWho } from './refresh.ts';
import { drain } from './send.ts';
import type { Application } from './shapes.ts';
import { settleLanguage } from './wishes.ts';

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
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    tell('device');
    if (Date.now() - lastLook > LONG_AGO) lookAround();
    else void drain();
  });
  setInterval(() => quietly(drainWhenDue()), 2_000);
  lookAround();
}

/** Brings everything up to date, unless the app is locked. */
export function lookAround(): void {
  lastLook = Date.now();
  quietly(refreshEverything());
}

async function refreshEverything(): Promise<void> {
  if (await closedAt()) return arrived();
  if (!(await finishLogout())) return arrived();
  await clearAccepted();
  await sweepPapers(await papersInUse());
  void drain(true);
  const viewer = await refreshWho().finally(arrived);
  if (!viewer) return;
  await settleLanguage(viewer);
  if (!isUndecided(viewer)) quietly(refreshHome('when old'));
  quietly(refreshInbox());
  quietly(refreshApplications());
  const { service } = await readSnapshot();
  if (service) quietly(recheckPush(service.value.pushKey));
}

async function drainWhenDue(): Promise<void> {
  if (await closedAt()) return;
  const due = (await readOutbox()).some((item) => isUnsent(item) && !item.needsSignIn && !item.needsProof && isDue(item));
  if (due) await drain();
}

/** Photographs of what she is writing and of what lies in the outbox. */
async function papersInUse(): Promise<Paper[]> {
  const [drafts, outbox] = await Promise.all([readDrafts(), readOutbox()]);
  const sent = outbox.flatMap(({ wish }) => (wish.kind === 'submit' ? (wish.papers ?? []) : []));
  return [...drafts.flatMap(({ papers }) => papers ?? []), ...sent];
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
