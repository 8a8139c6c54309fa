import { fold } from './fold.ts';
import { BARRIER_FREE, LANGUAGES, type Facility, type Kind, type Point } from './facilities.ts';

/** Which of many she wants to see, and in which order. Pure, and quick enough to be asked at every key. */
export type Wish = {
  kind: Kind | null; words: string; age: number | null; vacant: boolean; language: (typeof LANGUAGES)[number] | null;
  barrierFree: readonly (typeof BARRIER_FREE)[number][]; openNow: boolean; within: number | null; from: Point | null;
  only: ReadonlySet<string> | null; sort: 'near' | 'name' | 'vacancy';
};
export const NO_WISH: Wish = {
  kind: null, words: '', age: null, vacant: false, language: null, barrierFree: [], openNow: false, within: null, from: null, only: null, sort: 'near',
};
/** `km` null: either place is not known. */
export type Found = { facility: Facility; km: number | null };

const KM_A_DEGREE = 111.2;
const OLDEST = 5;

export function choose(all: readonly Facility[], wish: Wish, now = new Date()): Found[] {
  const words = fold(wish.words).split(/\s+/).filter(Boolean);
  const language = wish.language === null ? 0 : 1 << LANGUAGES.indexOf(wish.language);
  const barrierFree = wish.barrierFree.reduce((bits, one) => bits | (1 << BARRIER_FREE.indexOf(one)), 0);
  const clock = tokyo(now);
  const found: Found[] = [];
  for (const facility of all) {
    if (wish.kind !== null && facility.kind !== wish.kind) continue;
    if ((facility.languages & language) !== language || (facility.barrierFree & barrierFree) !== barrierFree) continue;
    if (wish.only && !wish.only.has(facility.id)) continue;
    if (wish.age !== null && !takes(facility, wish.age)) continue;
    if (wish.vacant && !vacancy(facility, wish.age)) continue;
    if (wish.openNow && isOpenAt(facility, clock) !== true) continue;
    if (!words.every((word) => facility.told.includes(word))) continue;
    const km = wish.from && facility.at ? kilometres(wish.from, facility.at) : null;
    if (wish.within !== null && wish.from && (km === null || km > wish.within)) continue;
    found.push({ facility, km });
  }
  return found.sort(ORDERS[wish.sort](wish));
}

const byName = (one: Found, other: Found) => (one.facility.name < other.facility.name ? -1 : one.facility.name > other.facility.name ? 1 : 0);
const ORDERS: Record<Wish['sort'], (wish: Wish) => (one: Found, other: Found) => number> = {
  near: () => (one, other) => (one.km ?? Infinity) - (other.km ?? Infinity) || byName(one, other),
  name: () => byName,
  vacancy: ({ age }) => (one, other) => (vacancy(other.facility, age) ?? -1) - (vacancy(one.facility, age) ?? -1) || byName(one, other),
};

/** On the plane that Tokyo is small enough for. */
export function kilometres(from: Point, to: Point): number {
  const east = (to.lon - from.lon) * Math.cos((from.lat * Math.PI) / 180);
  return Math.hypot(to.lat - from.lat, east) * KM_A_DEGREE;
}

/** Whether a child of so many years is taken in; a place that tells no ages is not ruled out. */
export const takes = ({ ageFrom, ageTo }: Facility, years: number): boolean =>
  (ageFrom ?? 0) <= years * 12 + 11 && (ageTo ?? Infinity) >= years * 12;

/** Free places for that age, or of all ages together; null: nothing is told. */
export function vacancy({ vacancies }: Facility, years: number | null): number | null {
  if (years !== null) return vacancies[Math.min(years, OLDEST)] ?? null;
  const told = vacancies.filter((one) => one !== null);
  return told.length ? told.reduce((sum, one) => sum + one, 0) : null;
}

type Clock = { day: number; before: number; at: string };

/** Day of the week from Monday and the time, in Tokyo wherever the phone is. */
function tokyo(now: Date): Clock {
  const there = new Date(now.getTime() + 9 * 3_600_000);
  const day = (there.getUTCDay() + 6) % 7;
  return { day, before: (day + 6) % 7, at: there.toISOString().slice(11, 16) };
}

export const isOpen = (facility: Facility, now = new Date()): boolean | null => isOpenAt(facility, tokyo(now));

/** null: hours or days are not told. Public holidays are not known here; the screen says so. */
function isOpenAt({ days, opens, closes }: Facility, { day, before, at }: Clock): boolean | null {
  if (!opens || !closes || (days & 0x7f) === 0) return null;
  const isOn = (one: number) => Boolean(days & (1 << one));
  if (closes > opens) return isOn(day) && at >= opens && at < closes;
  return (isOn(day) && at >= opens) || (isOn(before) && at < closes);
}

/** 港区芝浦 of 東京都港区芝浦3丁目1-2; 芝浦3丁目 where the block is told. Empty: no address. */
export function townOf(address: string): { town: string; block: string } {
  const plain = address.normalize('NFKC').replace(/^東京都/, '').replace(/^[^区]{1,4}区/, '').trim();
  const town = plain.replace(/(?:\d|[一二三四五六七八九十]+丁目).*$/, '').trim();
  const number = /(\d+|[一二三四五六七八九十]+)\s*(?:丁目|[-‐－])/.exec(plain.slice(town.length))?.[1];
  return { town, block: number === undefined ? '' : `${town}${arabic(number)}丁目` };
}

const KANJI = '一二三四五六七八九';
function arabic(number: string): string {
  if (/^\d+$/.test(number)) return number;
  const [tens = '', ones = ''] = number.includes('十') ? number.split('十') : ['0', number];
  return String((tens === '0' ? 0 : (KANJI.indexOf(tens) + 1 || 1) * 10) + (ones ? KANJI.indexOf(ones) + 1 : 0));
}

/** The middle of what lies in each town and block. No address ever leaves the phone: this table is made on it. */
export function townsOf(all: readonly Facility[]): Map<string, Point> {
  const sums = new Map<string, { lat: number; lon: number; n: number }>();
  for (const { address, at } of all) {
    if (!at) continue;
    const { town, block } = townOf(address);
    for (const name of new Set([town, block])) {
      if (!name) continue;
      const sum = sums.get(name) ?? { lat: 0, lon: 0, n: 0 };
      sums.set(name, { lat: sum.lat + at.lat, lon: sum.lon + at.lon, n: sum.n + 1 });
    }
  }
  return new Map([...sums].map(([name, { lat, lon, n }]) => [name, { lat: lat / n, lon: lon / n }]));
}

/** As near as the table knows: the block, else the town; null: no such town among these facilities. */
export function placeOf(address: string, towns: ReadonlyMap<string, Point>): Point | null {
  const { town, block } = townOf(address);
  return (block && towns.get(block)) || (town && towns.get(town)) || null;
}
