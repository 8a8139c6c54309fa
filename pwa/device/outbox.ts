import { leftOf } from '../data/mail/sorting.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { mayWrite } from './leaving.ts';
import { readOutbox, type OutboxItem, type Wish } from './outbox-held.ts';
import { rewrite } from './shelves.ts';

export * from './outbox-held.ts';

/** Puts a wish on the device; it is safe when the promise resolves. A newer wish about the same thing replaces a waiting one. */
export async function post(wish: Wish, now = new Date(), id: string = crypto.randomUUID()): Promise<string> {
  const item: OutboxItem = {
    id, madeAt: now.toISOString(), wish, outcome: { state: 'waiting' },
    tries: 0, notBefore: 0, needsSignIn: false,
  };
  if (!mayWrite()) return item.id;
  const replaced = (await readOutbox()).filter((old) => old.outcome.state !== 'sending' && about(old.wish) === about(wish));
  await rewrite('outbox', item.id, () => item);
  for (const old of replaced) if (old.id !== item.id) await dropWaiting(old.id);
  await overrule(item);
  tell('outbox');
  return item.id;
}

/** Another tab may have begun to send it meanwhile: then it stays. */
async function dropWaiting(id: string): Promise<void> {
  const old = (await readOutbox()).find((one) => one.id === id);
  if (old && old.outcome.state !== 'sending') await (await device()).delete('outbox', id);
}

/** What waits longer has no say any more in what this one is about; nor when it is tried again after it. */
export async function overrule({ id, madeAt, wish }: OutboxItem): Promise<void> {
  if (wish.kind !== 'sort') return;
  for (const old of (await readOutbox()).filter((one) => one.id !== id && one.madeAt <= madeAt && one.outcome.state === 'waiting')) {
    const left = leftOf(old.wish, wish);
    if (left === null) await dropWaiting(old.id);
    else if (left !== old.wish) await changeItem(old.id, { wish: left });
  }
}

/** What a wish is about. An application already sent stands for itself and is never replaced. */
function about(wish: Wish): string {
  if (wish.kind === 'answer') return `answer ${wish.fact}`;
  if (wish.kind === 'open') return `open ${wish.notice}`;
  if (wish.kind === 'noticeAnswer') return `answer ${wish.notice} ${wish.pupil}`;
  if (wish.kind === 'absence') return `absence ${wish.report} ${wish.version}`;
  if (wish.kind === 'line') return `line ${wish.notice} ${wish.pupil} ${wish.text} ${(wish.papers ?? []).map(({ id }) => id).join(' ')}`;
  if (wish.kind === 'slip') return `slip ${wish.content}`;
  if (wish.kind === 'sort') return `sort ${wish.act} ${wish.notices.join(' ')}`;
  if (wish.kind === 'mailWishes') return 'mail wishes';
  if (wish.kind === 'folder') return `folder ${wish.folder.id}`;
  return wish.kind === 'language' ? 'language' : `submit ${wish.step} ${wish.completedAt}`;
}

export async function changeItem(id: string, change: Partial<OutboxItem>): Promise<void> {
  await rewrite('outbox', id, (item) => item && { ...item, ...change });
  tell('outbox');
}

export async function dropItem(id: string): Promise<void> {
  await (await device()).delete('outbox', id);
  tell('outbox');
}
