import { useEffect, useState } from 'preact/hooks';
import { placeOf, townsOf } from '../../data/facility-choice.ts';
import { readWards, type Facility, type Point, type WardFacilities } from '../../data/facilities.ts';
import { hear } from '../../device/changes.ts';
import { keepOwnPlaces, NO_PLACES, readOwnPlaces, type OwnPlaces } from '../../device/own-places.ts';

/** What she has marked for herself on this device. */
export function useOwnPlaces(): { own: OwnPlaces | null; change: (changed: Partial<OwnPlaces>) => void } {
  const [own, show] = useState<OwnPlaces | null>(null);
  useEffect(() => {
    const look = () => void readOwnPlaces().then(show, () => show(NO_PLACES));
    look();
    return hear((news) => news === 'snapshot' && look());
  }, []);
  const change = (changed: Partial<OwnPlaces>) => {
    show((before) => ({ ...(before ?? NO_PLACES), ...changed }));
    void keepOwnPlaces(changed);
  };
  return { own, change };
}

export type Told = { told: WardFacilities[]; missing: string[]; all: Facility[]; towns: Map<string, Point> };

/** null: still read. */
export function useFacilities(wards: readonly string[] | null): { value: Told | null; again: () => void } {
  const [value, show] = useState<Told | null>(null);
  const [tries, again] = useState(0);
  const key = wards?.join() ?? null;
  useEffect(() => {
    if (wards === null) return;
    let isHere = true;
    void readWards(wards).then(({ told, missing }) => {
      const all = told.flatMap(({ facilities }) => facilities);
      if (isHere) show({ told, missing, all, towns: townsOf(all) });
    });
    return () => {
      isHere = false;
    };
  }, [key, tries]);
  return { value, again: () => again(tries + 1) };
}

/** Where home or work is, as far as the towns of the facilities tell. */
export const pointOf = (address: string, { towns }: Pick<Told, 'towns'>): Point | null => (address.trim() ? placeOf(address, towns) : null);
