import { kilometres, type Found } from './facility-choice.ts';
import type { Point } from './facilities.ts';

/** A map of our own: no tiles, nothing is asked of anybody. Places on a plane, those too close put together. */

/** `scale`: pixels a kilometre. */
export type View = { lat: number; lon: number; scale: number };
export type Size = { width: number; height: number };
/** `found`: what lies here; one is a facility, several are told by their number. */
export type Mark = { x: number; y: number; found: Found[] };

const KM = 111.2;
const CELL = 48;
const NEAR = 34;
const [LEAST, MOST] = [8, 2_000];
const MARGIN = 1.15;

const east = (lat: number): number => KM * Math.cos((lat * Math.PI) / 180);

export const onScreen = (at: Point, view: View, { width, height }: Size): { x: number; y: number } => ({
  x: width / 2 + (at.lon - view.lon) * east(view.lat) * view.scale,
  y: height / 2 - (at.lat - view.lat) * KM * view.scale,
});

export const moved = (view: View, right: number, down: number): View => ({
  ...view, lon: view.lon + right / (east(view.lat) * view.scale), lat: view.lat - down / (KM * view.scale),
});

export const zoomed = (view: View, times: number): View => ({ ...view, scale: Math.min(MOST, Math.max(LEAST, view.scale * times)) });

/** All of them in sight; `otherwise` when none has a place. */
export function fitted(found: readonly Found[], size: Size, otherwise: Point): View {
  const places = found.flatMap(({ facility: { at } }) => at ?? []);
  if (places.length === 0) return { ...otherwise, scale: 40 };
  const [south, north] = reach(places.map(({ lat }) => lat));
  const [west, easternmost] = reach(places.map(({ lon }) => lon));
  const middle = { lat: (south + north) / 2, lon: (west + easternmost) / 2 };
  const wide = Math.max(0.4, kilometres({ lat: middle.lat, lon: west }, { lat: middle.lat, lon: easternmost }));
  const high = Math.max(0.4, (north - south) * KM);
  return zoomed({ ...middle, scale: Math.min(size.width / wide, size.height / high) / MARGIN }, 1);
}

function reach(values: number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** What can be seen, by cells of a grid that stays where it is when the map is moved. */
export function marks(found: readonly Found[], view: View, size: Size): Mark[] {
  const cells = new Map<string, Mark>();
  const cell = CELL / view.scale;
  for (const one of found) {
    const { at } = one.facility;
    if (!at) continue;
    const { x, y } = onScreen(at, view, size);
    if (x < -CELL || y < -CELL || x > size.width + CELL || y > size.height + CELL) continue;
    const key = `${Math.floor((at.lon * east(view.lat)) / cell)}:${Math.floor((at.lat * KM) / cell)}`;
    const mark = cells.get(key);
    if (!mark) cells.set(key, { x, y, found: [one] });
    else {
      const n = mark.found.push(one);
      mark.x += (x - mark.x) / n;
      mark.y += (y - mark.y) / n;
    }
  }
  return apart([...cells.values()]);
}

/** Two that would lie on each other are one, at their middle, however the cells were cut. */
function apart(all: Mark[]): Mark[] {
  const kept: Mark[] = [];
  for (const mark of all.sort((one, other) => other.found.length - one.found.length)) {
    const near = kept.find((one) => Math.hypot(one.x - mark.x, one.y - mark.y) < NEAR);
    if (!near) {
      kept.push(mark);
      continue;
    }
    const [n, m] = [near.found.length, mark.found.length];
    near.x = (near.x * n + mark.x * m) / (n + m);
    near.y = (near.y * n + mark.y * m) / (n + m);
    near.found.push(...mark.found);
  }
  return kept;
}

/** Zoomed about a point of the screen, which stays where it is: between two fingers, under the wheel. */
export function zoomedAt(view: View, times: number, { x, y }: { x: number; y: number }, { width, height }: Size): View {
  const there = moved(view, x - width / 2, y - height / 2);
  return moved(zoomed(there, times), width / 2 - x, height / 2 - y);
}

/** Where the name of a ward stands: in the middle of its facilities, since no outline of it is to be had. */
export function middleOf(places: readonly Point[], otherwise: Point): Point {
  if (places.length === 0) return otherwise;
  const sum = places.reduce((so, { lat, lon }) => ({ lat: so.lat + lat, lon: so.lon + lon }), { lat: 0, lon: 0 });
  return { lat: sum.lat / places.length, lon: sum.lon / places.length };
}

/** A bar of a round number of kilometres that takes at most a third of the width. */
export function scaleBar({ scale }: View, { width }: Size): { km: number; long: number } {
  const km = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10].findLast((one) => one * scale <= width / 3) ?? 0.05;
  return { km, long: km * scale };
}

/** The step of the grid, in kilometres, so that its lines are neither dense nor far apart. */
export const gridStep = ({ scale }: View): number => [0.1, 0.25, 0.5, 1, 2, 5].find((km) => km * scale >= 56) ?? 10;
