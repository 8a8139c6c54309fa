import { tell } from './changes.ts';
import { readTold, rewrite } from './shelves.ts';

/** What she has marked for herself among the facilities. It never leaves this device; it is sealed with the rest when
 * the app is locked and goes at logout, and is carried over every change of the app. */
export type OwnPlaces = {
  favourites: string[];
  /** As she wrote them; where that is, is found on the device. */
  home: string; work: string;
  wards: string[];
};
export const NO_PLACES: OwnPlaces = { favourites: [], home: '', work: '', wards: [] };
const KEY = 'own-places';
/** Not the snapshot's: of it nothing is dropped when a shape of the server's changes. */
const VERSION = -1;

export async function readOwnPlaces(): Promise<OwnPlaces> {
  const kept = (await readTold()).find(([name]) => name === KEY)?.[1];
  return kept ? { ...NO_PLACES, ...(kept.value as Partial<OwnPlaces>) } : NO_PLACES;
}

export async function keepOwnPlaces(changed: Partial<OwnPlaces>): Promise<void> {
  await rewrite('snapshot', KEY, (kept) => ({
    version: VERSION, at: new Date().toISOString(), value: { ...NO_PLACES, ...(kept?.value as Partial<OwnPlaces> | undefined), ...changed },
  }));
  tell('snapshot');
}
