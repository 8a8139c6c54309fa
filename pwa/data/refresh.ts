import type { VariablesOf } from 'gql.tada';
import { belongTo, belongsTo } from '../device/owner.ts';
import { keepSeen, marksOf, readSeen } from '../device/seen.ts';
import { amend, keep, readSnapshot } from '../device/snapshot.ts';
import { ask, NoAnswer } from './ask.ts';
import { heardTime } from './clock.ts';
import {
  RefreshHome, ShowApplication, ShowApplications, ShowHome, ShowInbox, ShowMailWishes, ShowNotice, WhoIsHere,
} from './documents.ts';
import { changeLine, readLine } from './line.ts';
import { isPutOff, patiently } from './patience.ts';
import type { Application, Home, Notice, Viewer } from './shapes.ts';
import { stream } from './stream.ts';

export { quietly } from './quietly.ts';

/** Network → snapshot. Each function brings one part of the device up to date; a silent network leaves it as it was. */

const STALE = 10 * 60_000;

/** Who is signed in; null: nobody, or not the one whose device this is. Rejects with NoAnswer when nobody is heard. */
export async function refreshWho(): Promise<Viewer | null> {
  const before = Date.now();
  const { service, viewer } = await ask(WhoIsHere, {});
  heardTime(Date.parse(service.now), before, Date.now());
  const theirs = viewer ? await isTheirs(viewer) : await nobodyIsHere();
  await keep('service', service);
  return theirs ? viewer : null;
}

async function nobodyIsHere(): Promise<false> {
  changeLine({ unsentOfAnother: 0 });
  await keep('signedOut', true);
  return false;
}

/** A page binds the device to who is there, unless another's unsent things lie on it; a worker never binds. */
async function isTheirs(viewer: Viewer): Promise<boolean> {
  if (!isPage && !(await belongsTo(viewer.id))) return false;
  const unsentOfAnother = await belongTo(viewer);
  changeLine({ unsentOfAnother });
  return unsentOfAnother === 0;
}

const isPage = typeof document !== 'undefined';

/**
 * Home from the server's kept facts; then what the sources tell. When she only opened a page, the server asks those
 * whose facts are old or that were silent; when she wishes it now, all of them.
 */
export const refreshHome = (how: 'when old' | 'now'): Promise<void> => patiently('home', () => homeAnew(how));

async function homeAnew(how: 'when old' | 'now'): Promise<void> {
  if (readLine().refreshing) return;
  changeLine({ refreshing: true, failed: false, remaining: null });
  try {
    const since = await shownSoFar();
    const viewer = await ours((await ask(ShowHome, { since })).viewer);
    if (!viewer) return;
    await keep('home', viewer.home);
    if (how === 'now' || isOld(viewer.home)) await hearTheSources(since, how === 'now');
    await beginToWatch();
  } catch (cause) {
    changeLine({ failed: cause instanceof NoAnswer && cause.silence !== 'unreachable' && !isPutOff(cause) });
    throw cause;
  } finally {
    changeLine({ refreshing: false, remaining: null });
  }
}

async function hearTheSources(since: StepMarks, anew: boolean): Promise<void> {
  for await (const { refreshHome: update } of stream(RefreshHome, { since, anew })) {
    if ((await readSnapshot()).signedOut?.value) return;
    await keep('home', update.home);
    changeLine({ remaining: update.remaining });
  }
}

type StepMarks = NonNullable<VariablesOf<typeof ShowHome>['since']>;

/** What this device last showed her; the server tells what is different. */
export const shownSoFar = async (): Promise<StepMarks> => ((await readSeen()) ?? []) as StepMarks;

/** The first home that was told whole is what later ones are compared with. */
async function beginToWatch(): Promise<void> {
  const { home } = await readSnapshot();
  if (home && (await readSeen()) === null && !home.value.sources.some((source) => source.state === 'WAITING')) {
    await keepSeen(marksOf(home.value));
  }
}

/** True when a source was never heard or is silent, or none has been heard for ten minutes. */
export function isOld(home: Home, now = Date.now()): boolean {
  if (home.sources.some(({ state }) => state === 'WAITING' || state === 'GAP')) return true;
  const newest = Math.max(0, ...home.sources.map((source) => Date.parse(source.asOf ?? '') || 0));
  return now - newest > STALE;
}

export const refreshApplications = (): Promise<void> => patiently('applications', applicationsAnew);

async function applicationsAnew(): Promise<void> {
  const all = await allPages(async (after) => (await ours((await ask(ShowApplications, { after })).viewer))?.applications);
  if (all) await keep('applications', all.nodes);
}

export async function refreshApplication(id: string): Promise<void> {
  const viewer = await ours((await ask(ShowApplication, { id })).viewer);
  if (viewer?.application) await keepApplication(viewer.application);
}

/** Puts one application at its place in the kept list. */
export const keepApplication = (application: Application): Promise<void> =>
  amend('applications', (kept) => [application, ...(kept ?? []).filter((other) => other.id !== application.id)]);

export const refreshInbox = (): Promise<void> => patiently('inbox', inboxAnew);

/** Whatever was put off before: for what cannot wait. */
export async function inboxAnew(): Promise<void> {
  const all = await allPages(async (after) => (await ours((await ask(ShowInbox, { after })).viewer))?.inbox);
  if (!all) return;
  await amend('inbox', (kept) => all.nodes.map((notice) => withEarlier(notice, kept?.find(({ id }) => id === notice.id))), true);
  const { inboxEnd } = await readSnapshot();
  if (inboxEnd?.value !== all.end) await keep('inboxEnd', all.end);
}

/** What a page of its own has told of former revisions is not forgotten by the list. */
const withEarlier = (notice: Notice, kept: Notice | undefined): Notice =>
  (kept?.earlier && kept.revision === notice.revision ? { ...notice, earlier: kept.earlier } : notice);

export async function refreshMailWishes(): Promise<void> {
  const viewer = await ours((await ask(ShowMailWishes, {})).viewer);
  if (viewer) await keep('mailWishes', viewer.mailWishes);
}

/** False: it is none of hers. */
export const refreshNotice = (id: string): Promise<boolean> => patiently(`notice ${id}`, () => noticeAnew(id));

async function noticeAnew(id: string): Promise<boolean> {
  const viewer = await ours((await ask(ShowNotice, { id })).viewer);
  if (viewer?.notice) await keepNotice(viewer.notice);
  return Boolean(viewer?.notice);
}

export const keepNotice = (notice: Notice): Promise<void> =>
  amend('inbox', (kept) =>
    [notice.earlier ? notice : withEarlier(notice, kept?.find(({ id }) => id === notice.id)), ...(kept ?? []).filter((other) => other.id !== notice.id)]
      .sort((one, other) => other.sentAt.localeCompare(one.sentAt)));

type Page<T> = { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
const MOST_PAGES = 6;

/** The newest pages of a list, so that they can be read without a network, and where older ones begin (`end` null: there are
 * none); null: the answer was not for this device. */
async function allPages<T>(turn: (after: string | null) => Promise<Page<T> | undefined>): Promise<{ nodes: T[]; end: string | null } | null> {
  const nodes: T[] = [];
  let after: string | null = null;
  for (let count = 0; count < MOST_PAGES; count++) {
    const page = await turn(after);
    if (!page) return null;
    nodes.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || after === null) return { nodes, end: null };
  }
  return { nodes, end: after };
}

/** Is the answer about the person this device belongs to? If not, a page finds out who is there; a worker never binds. */
export async function ours<V extends { id: string }>(viewer: V | null): Promise<V | null> {
  if (viewer && (await belongsTo(viewer.id))) return viewer;
  if (isPage) await refreshWho();
  return null;
}
