import type { Viewer } from '../data/shapes.ts';
import { tellOthers } from './changes.ts';
import { device, forgetEverything } from './database.ts';
import { mayWrite } from './leaving.ts';
import { keep } from './snapshot.ts';

const KEY = 'owner';

/** Binds this device's store to the person signed in; another person's things are erased before anything is shown. */
export async function belongTo(viewer: Viewer): Promise<void> {
  const owner = await (await device()).get('device', KEY);
  if (!mayWrite()) return;
  if (owner !== undefined && owner !== viewer.id) await forgetEverything();
  if (owner !== viewer.id) await (await device()).put('device', viewer.id, KEY);
  await keep('signedOut', false);
  await keep('viewer', viewer);
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
