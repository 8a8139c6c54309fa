import { useEffect, useRef, useState } from 'preact/hooks';
import { fitted, gridStep, marks, middleOf, moved, onScreen, scaleBar, zoomed, zoomedAt, type Mark, type Size, type View } from '../../data/facility-map.ts';
import { facilityPath, type Point } from '../../data/facilities.ts';
import type { Found } from '../../data/facility-choice.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import type { Told } from './use-places.ts';

const SIZE: Size = { width: 360, height: 360 };
const STEP = 60;
const KEYS: Record<string, [number, number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const KM = 111.2;

/** Where what the list below has lies: drawn from the coordinates alone, on a grid of kilometres. Nothing is asked of anybody. */
export function FacilityMap({ found, told, from }: { found: readonly Found[]; told: Told; from: Point | null }) {
  const { say } = useSpeech();
  const [view, show] = useState<View>(() => first(found, told));
  const [picked, pick] = useState<Mark | null>(null);
  useEffect(() => {
    show(first(found, told));
    pick(null);
  }, [found]);
  const act = (change: (view: View) => View) => {
    pick(null);
    show(change);
  };
  const drag = useFingers((right, down) => act((now) => moved(now, -right, -down)), (times, at) => act((now) => zoomedAt(now, times, at, SIZE)));
  const away = found.filter(({ facility }) => !facility.at).length;
  return (
    <div class="facility-map" data-testid="facility-map">
      <p class="note" id="map-help">{say('facilities.mapHelp')}{away > 0 && ` ${say('facilities.noPlace', { n: away })}`}</p>
      <svg
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="group" tabIndex={0} aria-label={say('facilities.mapLabel', { n: found.length })} aria-describedby="map-help" {...drag}
        onKeyDown={(event) => {
          const by = KEYS[event.key];
          if (by) act((now) => moved(now, by[0], by[1]));
          else if (event.key === '+' || event.key === '=') act((now) => zoomed(now, 1.5));
          else if (event.key === '-') act((now) => zoomed(now, 1 / 1.5));
          else return;
          event.preventDefault();
        }}
      >
        <Grid view={view} />
        {marks(found, view, SIZE).map((mark) => (
          <g
            key={mark.found[0]?.facility.id} class="mark" data-kind={mark.found.length > 1 ? 'many' : mark.found[0]?.facility.kind} data-testid="map-mark" data-count={mark.found.length}
            onClick={() => (mark.found.length > 6 ? act((now) => zoomed(centred(now, mark), 2)) : pick(mark))}
          >
            <circle cx={mark.x} cy={mark.y} r={mark.found.length > 1 ? 16 : 9} />
            <text x={mark.x} y={mark.y}>{mark.found.length > 1 ? mark.found.length : ''}</text>
          </g>
        ))}
        <WardNames told={told} view={view} />
        {from && <Home at={from} view={view} />}
        <ScaleBar view={view} />
      </svg>
      <div class="map-acts">
        <button type="button" onClick={() => act((now) => zoomed(now, 1.5))}>＋<span class="unseen">{say('facilities.zoomIn')}</span></button>
        <button type="button" onClick={() => act((now) => zoomed(now, 1 / 1.5))}>－<span class="unseen">{say('facilities.zoomOut')}</span></button>
        <button type="button" onClick={() => act(() => first(found, told))}>{say('facilities.fit')}</button>
      </div>
      <div role="status">
        {picked && <ul class="links">{picked.found.map(({ facility }) => <li key={facility.id}><a href={facilityPath(facility)}>{facility.name}</a></li>)}</ul>}
      </div>
    </div>
  );
}

const first = (found: readonly Found[], { told }: Told): View => fitted(found, SIZE, told[0]?.place ?? { lat: 35.69, lon: 139.75 });
const centred = (view: View, { x, y }: Mark): View => moved(view, x - SIZE.width / 2, y - SIZE.height / 2);

type At = { x: number; y: number };

/** One finger or a mouse drags the map, two fingers draw it large or small; a tap stays a tap. */
function useFingers(drag: (right: number, down: number) => void, pinch: (times: number, at: At) => void) {
  const down = useRef(new Map<number, At>());
  const lifted = ({ pointerId }: PointerEvent) => void down.current.delete(pointerId);
  return {
    onPointerDown: (event: PointerEvent) => void down.current.set(event.pointerId, { x: event.clientX, y: event.clientY }),
    onPointerMove: (event: PointerEvent) => {
      const before = down.current.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const frame = (event.currentTarget as Element).getBoundingClientRect();
      const scale = SIZE.width / (frame.width || SIZE.width);
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      if (!other && distance(now, before) < 6) return;
      down.current.set(event.pointerId, now);
      if (!other) return drag((now.x - before.x) * scale, (now.y - before.y) * scale);
      const middle = { x: ((now.x + other.x) / 2 - frame.left) * scale, y: ((now.y + other.y) / 2 - frame.top) * scale };
      pinch(distance(now, other) / Math.max(1, distance(before, other)), middle);
    },
    onPointerUp: lifted,
    onPointerCancel: lifted,
    onPointerLeave: lifted,
  };
}

const distance = (one: At, other: At): number => Math.hypot(one.x - other.x, one.y - other.y);

/** How far is far: a bar over the map, in a round number of metres. */
function ScaleBar({ view }: { view: View }) {
  const { say } = useSpeech();
  const { km, long } = scaleBar(view, SIZE);
  const [right, y] = [SIZE.width - 10, SIZE.height - 10];
  return (
    <g class="scale-bar" data-testid="scale-bar">
      <path d={`M${right - long} ${y - 6}v6h${long}v-6`} />
      <text x={right} y={y - 10}>{km < 1 ? say('facilities.barMetres', { n: km * 1000 }) : say('facilities.barKm', { n: km })}</text>
    </g>
  );
}

/** Lines a round number of metres apart, and how many. */
function Grid({ view }: { view: View }) {
  const km = gridStep(view);
  const step = km * view.scale;
  const east = KM * Math.cos((view.lat * Math.PI) / 180);
  const right = SIZE.width / 2 - ((view.lon * east) % km) * view.scale;
  const down = SIZE.height / 2 + ((view.lat * KM) % km) * view.scale;
  const lines = (from: number, to: number) => Array.from({ length: Math.ceil(to / step) + 2 }, (_, n) => (from % step) + (n - 1) * step);
  return (
    <g class="grid" aria-hidden="true">
      {lines(right, SIZE.width).map((x) => <line key={`x${x}`} x1={x} x2={x} y1={0} y2={SIZE.height} />)}
      {lines(down, SIZE.height).map((y) => <line key={`y${y}`} y1={y} y2={y} x1={0} x2={SIZE.width} />)}
    </g>
  );
}

function WardNames({ told: { told }, view }: { told: Told; view: View }) {
  const { pick } = useSpeech();
  const { service } = useDevice().snapshot;
  return (
    <g class="ward-names" aria-hidden="true">
      {told.map(({ ward, place, facilities }) => {
        const { x, y } = onScreen(middleOf(facilities.flatMap(({ at }) => at ?? []), place), view, SIZE);
        const name = service?.value.wards.find(({ code }) => code === ward)?.name;
        return name && <text key={ward} x={x} y={y}>{pick(name)}</text>;
      })}
    </g>
  );
}

function Home({ at, view }: { at: Point; view: View }) {
  const { say } = useSpeech();
  const { x, y } = onScreen(at, view, SIZE);
  return (
    <g class="from" data-testid="map-home">
      <path d={`M${x - 9} ${y + 8}v-9l9-8 9 8v9z`} />
      <text x={x} y={y + 22}>{say('facilities.mapHome')}</text>
    </g>
  );
}

