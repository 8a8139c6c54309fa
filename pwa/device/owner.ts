import type { Viewer } from '../data/shapes.ts';
import { tellOthers } from './changes.ts';
import { device, forgetEverything } from './database.ts';
import { readDrafts } from './drafts.ts';
import { mayWrite } from './leaving.ts';
import { isCounted, readOutbox } from './outbox.ts';
import { forgetPush } from './push.ts';
import { forgetSnapshot, keep } from './snapshot.ts';

const KEY = 'owner';

/**
 * Binds this device's store to the person signed in; what another was told is erased before anything is shown.
 * Tells how many things that other person has written here and not sent: while there are any, nothing is bound.
 */
export async function belongTo(viewer: Viewer): Promise<number> {
  const owner = await (await device()).get('device', KEY);
  if (!mayWrite()) return 0;
  if (owner !== undefined && owner !== viewer.id) {
    await forgetPush().catch(() => undefined);
    const unsent = await countUnsent();
    if (unsent > 0) {
      await forgetSnapshot();
      return unsent;
    }
    await forgetPerson();
  }
  if (owner !== viewer.id) await (await device()).put('device', viewer.id, KEY);
  await keep('signedOut', false);
  await keep('viewer', viewer);
  return 0;
}

async function countUnsent(): Promise<number> {
  const [drafts, outbox] = await Promise.all([readDrafts(), readOutbox()]);
  return drafts.length + outbox.filter(isCounted).length;
}

/** True when what is kept here was told to this person. */
export const belongsTo = async (id: string): Promise<boolean> => (await (await device()).get('device', KEY)) === id;

/** Erases drafts, outbox, snapshot and caches that carry the person, and tells the other tabs. */
export async function forgetPerson(): Promise<void> {
  await forgetEverything();
  const caches = await globalThis.caches?.keys();
  await Promise.all((caches ?? []).filter((name) => name.startsWith('person-')).map((name) => globalThis.caches.delete(name)));
  tellOthers('forgotten');
}
