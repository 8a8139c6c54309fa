import { readSnapshot } from '../device/snapshot.ts';
import type { PublicService } from './open.ts';
import type { SearchIndex } from './search.ts';
import type { Text } from './shapes.ts';

/** What wards say otherwise at this moment and the banners that are up (/open/now.json): heard when the app looks around, and kept
 * on this device for when there is no network. */

/** What a ward does otherwise; what it leaves out is as for everybody. */
export type Variant = Partial<Pick<PublicService,
  'name' | 'description' | 'addressee' | 'applicationPeriod' | 'consequenceOfDelay' | 'howToApply' | 'followUp' | 'filedThrough' | 'hasChannel' | 'hasInput' | 'hasCost'
>> & { availableAt?: Text };
export type Banner = { id: string; ward: string | null; text: Text; until: string };
export type Now = {
  shape: number; edition: string;
  /** By ward's code; `since`: of what officials have written, by procedure. */
  wards: Record<string, { name: Text; procedures: Record<string, Variant>; since: Record<string, string> }>;
  banners: Banner[];
};

const SHAPE = 1;
const SHELF = 'now-1';
const PATH = '/open/now.json';
const [PATIENCE, IMPATIENCE] = [8_000, 1_500];
const FRESH = 60_000;
const NOTHING: Now = { shape: SHAPE, edition: '', wards: {}, banners: [] };

let heard: { at: number; reading: Promise<Now> } | null = null;
const listeners = new Set<() => void>();

/** As it holds now, else as this device last heard it; nothing where it has heard nothing. Rejects never. */
export function readNow(): Promise<Now> {
  if (heard && Date.now() - heard.at < FRESH) return heard.reading;
  const reading = hear().catch(() => NOTHING);
  heard = { at: Date.now(), reading };
  return reading;
}

/** Asked anew; whoever shows something of it is told. */
export function hearNow(): void {
  heard = null;
  void readNow().then(() => listeners.forEach((tell) => tell()));
}

export function onNow(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

async function hear(): Promise<Now> {
  const shelf = await globalThis.caches?.open(SHELF).catch(() => null);
  const kept = await shelf?.match(PATH);
  const fresh = await fetch(PATH, { signal: AbortSignal.timeout(kept ? IMPATIENCE : PATIENCE) })
    .then((answer) => (answer.ok ? answer : null), () => null);
  if (fresh) await shelf?.put(PATH, fresh.clone()).catch(() => undefined);
  const told = (await (fresh ?? kept)?.json()) as Now | undefined;
  return told?.shape === SHAPE ? told : NOTHING;
}

/** The ward she lives in, as far as this device knows. */
export const herWard = async (): Promise<string | null> => (await readSnapshot().catch(() => null))?.viewer?.value?.ward?.code ?? null;

/** The catalogue as it is in her ward. */
export function inWard(services: PublicService[], now: Now, ward: string | null): PublicService[] {
  const own = ward === null ? undefined : now.wards[ward]?.procedures;
  return own ? services.map((one) => ({ ...one, ...own[one.identifier] })) : services;
}

/** What is searched besides: what officials have written in any ward (bff/public/differences.py does the same). */
export function searchedBesides(index: SearchIndex, now: Now): SearchIndex {
  const written = Object.values(now.wards).flatMap(({ procedures, since }) =>
    Object.keys(since).map((id) => [id, procedures[id]] as const));
  if (written.length === 0) return index;
  const all = (text: Text | undefined) => (text ? [text.ja, text.easy, text.en] : []);
  const more = (id: string, key: 'name' | 'description') => written.flatMap(([of, variant]) => (of === id ? all(variant?.[key]) : []));
  return {
    ...index,
    entries: index.entries.map((entry) => ({
      ...entry, words: [...(entry.words ?? []), ...more(entry.id, 'name')], text: [...(entry.text ?? []), ...more(entry.id, 'description')],
    })),
  };
}

/** Those she is shown: her ward's and everybody's; of no ward where hers is not known. One kept from yesterday may be over. */
export const bannersFor = (now: Now, ward: string | null, at = Date.now()): Banner[] =>
  now.banners.filter((one) => (one.ward === null || one.ward === ward) && Date.parse(one.until) > at);
