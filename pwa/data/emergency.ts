import { device } from '../device/database.ts';
import { mayWrite } from '../device/leaving.ts';
import { tell } from '../device/changes.ts';
import { kilometres, placeOf, townsOf } from './facility-choice.ts';
import { forgetWards, readWard, type Facility, type Point, type WardFacilities } from './facilities.ts';
import type { Text } from './shapes.ts';

/**
 * The public part of the emergency pack: one ward's shelters and numbers from its open data. Nothing of it is about a
 * person, so it lies open on the device and is shown before a login and while the app is locked.
 */

export type Shelter = Pick<Facility, 'id' | 'name' | 'english' | 'address' | 'at' | 'disasters' | 'capacity' | 'phone'>;
export type Office = Pick<Facility, 'id' | 'name' | 'english' | 'phone'>;
/** `near`: ids of shelters near her home, only where she has said that they may be seen while the app is locked. */
export type Pack = {
  ward: string; wardName: Text; heardAt: string; asOf: string | null; source: string;
  shelters: Shelter[]; offices: Office[]; towns: [string, Point][]; near: string[];
};
/** `confirmed`: said by the rules on telephone numbers (緊急通報用電話番号: 110, 118, 119); else marked where it is shown. */
export const NUMBERS = [
  { number: '119', confirmed: true }, { number: '110', confirmed: true }, { number: '118', confirmed: true },
  { number: '171', confirmed: false }, { number: '7119', confirmed: false },
] as const;

const SHELF = 'pack';
const DAY = 86_400_000;
const NEAREST = 5;

export const readPack = async (): Promise<Pack | null> => ((await (await device()).get('device', SHELF)) as Pack) ?? null;

/** The ward's file as the pack keeps it. */
export function packOf({ ward, facilities, heardAt }: WardFacilities, wardName: Text, near: string[] = []): Pack {
  const shelters = facilities.filter(({ kind }) => kind === 'shelter');
  const offices = facilities.filter(({ kind }) => kind === 'counter');
  const { source } = shelters[0] ?? {};
  return {
    ward, wardName, heardAt, asOf: source?.asOf ?? null, source: source?.name ?? '', near,
    shelters: shelters.map(({ id, name, english, address, at, disasters, capacity, phone }) => ({ id, name, english, address, at, disasters, capacity, phone })),
    offices: offices.map(({ id, name, english, phone }) => ({ id, name, english, phone })),
    towns: [...townsOf(facilities)],
  };
}

/** Those nearest to `address` first, with how far; `km` null: it is not known where either is. */
export function nearest({ shelters, towns }: Pack, address: string): { shelter: Shelter; km: number | null }[] {
  const home = address.trim() ? placeOf(address, new Map(towns)) : null;
  return shelters
    .map((shelter) => ({ shelter, km: home && shelter.at ? kilometres(home, shelter.at) : null }))
    .sort((one, other) => (one.km ?? Infinity) - (other.km ?? Infinity) || one.shelter.name.localeCompare(other.shelter.name, 'ja'));
}

export const isStale = (pack: Pick<Pack, 'heardAt'>, now = Date.now()): boolean => now - Date.parse(pack.heardAt) > DAY;

/** Brings the pack up to date, or makes it for another ward. Rejects when the ward's file is neither heard nor kept. */
export async function refreshPack(ward: string, wardName: Text): Promise<void> {
  const before = await readPack();
  const told = await readWard(ward);
  if (!mayWrite()) return;
  await (await device()).put('device', packOf(told, wardName, before?.ward === ward ? before.near : []), SHELF);
  tell('device');
}

/** At the start and now and then: once a day is enough. */
export async function keepPack(ward: { code: string; name: Text } | null): Promise<void> {
  const pack = await readPack();
  if (pack && !isStale(pack) && (ward === null || ward.code === pack.ward)) return;
  const of = ward ?? (pack && { code: pack.ward, name: pack.wardName });
  if (!of) return;
  forgetWards();
  await refreshPack(of.code, of.name);
}

/** `address` empty: none is shown any more. */
export async function showNearOpenly(address: string): Promise<void> {
  const pack = await readPack();
  if (!pack) return;
  const near = address === '' ? [] : nearest(pack, address).filter(({ km }) => km !== null).slice(0, NEAREST).map(({ shelter }) => shelter.id);
  await (await device()).put('device', { ...pack, near }, SHELF);
  tell('device');
}
