import { countBegun } from './begun.ts';
import { tell } from './changes.ts';
import { readOne, rewrite } from './shelves.ts';
import type { Paper } from './papers.ts';

/** What she keeps on this device alone, sealed with the rest: whom to call, and pictures of papers. No server knows it. */

export type Contact = { id: string; name: string; phone: string; note: string };
export type OwnPaper = { id: string; name: string; keptAt: string; paper: Paper };
/** `nearOpenly`: shelters near her home are shown while the app is locked too, which tells about where she lives. */
export type OwnThings = { contacts: Contact[]; papers: OwnPaper[]; nearOpenly: boolean };

export const NO_THINGS: OwnThings = { contacts: [], papers: [], nearOpenly: false };
const KEY = 'own-things';
/** Not the snapshot's: of it nothing is dropped when a shape of the server's changes. */
const VERSION = -1;

export async function readOwnThings(): Promise<OwnThings> {
  const kept = await readOne('snapshot', KEY);
  return kept ? { ...NO_THINGS, ...(kept.value as Partial<OwnThings>) } : NO_THINGS;
}

export async function changeOwnThings(change: (things: OwnThings) => OwnThings): Promise<void> {
  await rewrite('snapshot', KEY, (kept) => ({
    version: VERSION, at: new Date().toISOString(), value: change({ ...NO_THINGS, ...(kept?.value as Partial<OwnThings> | undefined) }),
  }));
  tell('snapshot');
}

export async function countOwn(): Promise<number> {
  const { contacts, papers } = await readOwnThings();
  return contacts.length + papers.length + (await countBegun());
}
