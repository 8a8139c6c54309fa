import { fold } from './fold.ts';
import type { Text } from './shapes.ts';

/** Facilities of a ward: one small file, the same for everybody, kept on this device for when there is no network. */

export const KINDS = ['childcare', 'school', 'clinic', 'care', 'shelter', 'counter', 'library', 'other'] as const;
export type Kind = (typeof KINDS)[number];
/** The places of the bits, as bff/facilities/facility.py has them. */
export const DISASTERS = ['flood', 'landslide', 'storm_surge', 'earthquake', 'tsunami', 'fire', 'inland_flood', 'volcano'] as const;
export const LANGUAGES = ['en', 'zh', 'ko', 'vi', 'ne', 'tl', 'es', 'pt', 'easy'] as const;
export const BARRIER_FREE = ['wheelchair', 'toilet', 'lift', 'nursing_room', 'nappies', 'braille'] as const;

export type Point = { lat: number; lon: number };
/** Where the rows came from and of which day they are. */
export type Source = { name: string; asOf: string | null; publishedAt: string | null; source: string };
/** `days`: bits from Monday, then public holidays; 0: not told. `vacancies`: by year of age. `told`: for searching. */
export type Facility = {
  id: string; ward: string; source: Source; kind: Kind; name: string; sort: string; kana: string; english: string;
  address: string; at: Point | null; phone: string; url: string; days: number; opens: string; closes: string; hoursNote: string;
  ageFrom: number | null; ageTo: number | null; capacity: number | null; vacancies: readonly (number | null)[];
  services: readonly string[]; disasters: number; languages: number; barrierFree: number;
  operator: string; booking: string; note: string; told: string;
};
export type WardFacilities = { ward: string; place: Point; facilities: Facility[]; heardAt: string; offers: Offer[] };
/** What can be booked there; `elsewhere`: on the ward's own site. */
export type Offer = {
  id: string; ward: string; facility: string; facilityName: string; kind: 'counter' | 'checkup' | 'nursery_visit'; title: Text;
  procedures: string[]; about: 'self' | 'child'; elsewhere: string;
};

type Row = [
  string, number, Kind, string, string, string, string, string, number | null, number | null, string, string, number, string, string, string,
  number | null, number | null, number | null, (number | null)[], string[], number, number, number, string, string, string,
];
export type PackedWard = { shape: number; ward: string; place: [number, number]; sets: Source[]; rows: Row[] };

const SHAPE = 1;
const SHELF = 'facilities-1';
/** Milliseconds: without a copy here she waits longer for a slow network than with one. */
const [PATIENCE, IMPATIENCE] = [10_000, 2_000];

export function unpack(file: PackedWard, heardAt: string, offers: Offer[] = []): WardFacilities {
  if (file.shape !== SHAPE) throw new Error(`facilities of shape ${file.shape}`);
  const [lat, lon] = file.place;
  return { ward: file.ward, place: { lat, lon }, heardAt, offers, facilities: file.rows.flatMap((row) => facility(file, row) ?? []) };
}

function facility(file: PackedWard, row: Row): Facility | null {
  const [
    id, set, kind, name, sort, kana, english, address, lat, lon, phone, url, days, opens, closes, hoursNote,
    ageFrom, ageTo, capacity, vacancies, services, disasters, languages, barrierFree, operator, booking, note,
  ] = row;
  const source = file.sets[set];
  if (!source) return null;
  return {
    id: `${file.ward}-${id}`, ward: file.ward, source, kind, name, sort, kana, english, address, phone, url, days, opens, closes, hoursNote,
    at: lat === null || lon === null ? null : { lat, lon }, ageFrom, ageTo, capacity, vacancies, services, disasters, languages,
    barrierFree, operator, booking, note,
    told: fold([name, kana, english, sort, address, ...services].join(' ')),
  };
}

const read = new Map<string, Promise<WardFacilities>>();

/** A ward's file: from the network, else as this device last kept it. Rejects when it has neither. */
export function readWard(ward: string): Promise<WardFacilities> {
  const known = read.get(ward);
  if (known) return known;
  const reading = heard(ward);
  read.set(ward, reading);
  reading.catch(() => read.delete(ward));
  return reading;
}

/** Asked anew at the next look. */
export const forgetWards = (): void => read.clear();

async function heard(ward: string): Promise<WardFacilities> {
  const [file, offers] = await Promise.all([
    got(`/open/facilities/${ward}.json`), got(`/open/bookings/${ward}.json`).catch(() => null),
  ]);
  const told = (await offers?.json().catch(() => null)) as { offers: Omit<Offer, 'ward'>[] } | null;
  const own = (told?.offers ?? []).map((offer) => ({ ...offer, ward, facility: `${ward}-${offer.facility}` }));
  return unpack((await file.json()) as PackedWard, file.headers.get('X-Heard') ?? new Date().toISOString(), own);
}

async function got(path: string): Promise<Response> {
  const shelf = await globalThis.caches?.open(SHELF).catch(() => null);
  const kept = await shelf?.match(path);
  const fresh = await fetch(path, { signal: AbortSignal.timeout(kept ? IMPATIENCE : PATIENCE) })
    .then(async (answer) => (answer.ok ? await answer.blob() : null), () => null).catch(() => null);
  if (fresh === null) {
    if (!kept) throw new Error(`${path}: neither heard nor kept`);
    return kept;
  }
  const heard = new Response(fresh, { headers: { 'Content-Type': 'application/json', 'X-Heard': new Date().toISOString() } });
  await shelf?.put(path, heard.clone()).catch(() => undefined);
  return heard;
}

/** Those of several wards; a ward that cannot be had leaves the others standing. */
export async function readWards(wards: readonly string[]): Promise<{ told: WardFacilities[]; missing: string[] }> {
  const each = await Promise.allSettled(wards.map(readWard));
  return {
    told: each.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    missing: wards.filter((_, place) => each[place]?.status === 'rejected'),
  };
}

/** Names of the bits that are set. */
export const namesOf = <T extends string>(known: readonly T[], bits: number): T[] => known.filter((_, place) => bits & (1 << place));

export const facilityPath = (facility: Pick<Facility, 'id'>): string => `/facilities/${facility.id}`;

/** Where else: the phone's own map programme, at an address that says nothing of her. */
export const routeLink = ({ at, name }: Facility): string | null =>
  at && `geo:${at.lat},${at.lon}?q=${at.lat},${at.lon}(${encodeURIComponent(name)})`;
