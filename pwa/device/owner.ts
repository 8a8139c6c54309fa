import type { Viewer } from '../data/shapes.ts';
import { tellOthers } from './changes.ts';
import { device, forgetEverything } from './database.ts';
import { readDrafts } from './drafts.ts';
import { forgetHeld, isSomeoneComing, noteEviction, someoneHasCome } from './evicted.ts';
import { forgetAccountLanguage } from './language-keeping.ts';
import { mayWrite } from './leaving.ts';
import { isCounted, readOutbox } from './outbox-held.ts';
import { countOwn } from './own-things.ts';
import { forgetPush } from './push.ts';
import { countShared } from './shared-here.ts';
import { readShut } from './shelves.ts';
import { forgetSnapshot, keep } from './snapshot.ts';

const KEY = 'owner';

/**
 * Binds this device's store to the person signed in; what another was told is erased before anything is shown.
 * Tells how many things of that other person lie here alone, written and not sent or kept: while there are any, nothing
 * is bound.
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
  if (owner === undefined && !isSomeoneComing()) await noteEviction(null);
  if (owner !== viewer.id) await (await device()).put('device', viewer.id, KEY);
  someoneHasCome();
  await keep('signedOut', false);
  await keep('viewer', viewer);
  return 0;
}

async function countUnsent(): Promise<number> {
  const [drafts, outbox, own, shared] = await Promise.all([readDrafts(), readOutbox(), countOwn(), countShared()]);
  const { drafts: { newer: unread }, outbox: { newer: unsent } } = readShut();
  return drafts.length + outbox.filter(isCounted).length + unread.length + unsent.length + own + shared;
}

/** True when what is kept here was told to this person. */
export const belongsTo = async (id: string): Promise<boolean> => (await (await device()).get('device', KEY)) === id;

/** Erases drafts, outbox, snapshot and caches that carry the person, and tells the other tabs. */
export async function forgetPerson(): Promise<void> {
  await forgetEverything();
  const caches = await globalThis.caches?.keys();
  await Promise.all((caches ?? []).filter((name) => name.startsWith('person-')).map((name) => globalThis.caches.delete(name)));
  forgetHeld();
  forgetAccountLanguage();
  tellOthers('forgotten');
}
