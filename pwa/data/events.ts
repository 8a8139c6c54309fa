import type { Bundle, Home, Step } from './shapes.ts';

/** Life events as she has them: a move is one, though three bundles hold its steps. */

/** By the event's id, the bundles of it; `bff/folders/events.py` has the same table. */
const OF_SEVERAL: Readonly<Record<string, readonly string[]>> = { moving: ['moving_out', 'moving_in', 'moving_within'] };
export const bundlesOf = (event: string): readonly string[] => OF_SEVERAL[event] ?? [event];
export const eventOf = (bundle: string): string =>
  Object.keys(OF_SEVERAL).find((event) => OF_SEVERAL[event]?.includes(bundle)) ?? bundle;

export const togetherPath = (event: string): string => `/together/${encodeURIComponent(event)}`;

export const bundlesOfEvent = (home: Home, event: string): Bundle[] =>
  home.bundles.filter((bundle) => bundlesOf(event).includes(bundle.id));

/** Each step of the event once; what is open on demand is not hers until she asks for it. */
export function stepsOfEvent(home: Home, event: string): Step[] {
  const every = bundlesOfEvent(home, event).flatMap((bundle) => bundle.steps);
  return [...new Map(every.map((step) => [step.id, step])).values()];
}

/** How much of it is filed here, or would be when she has answered; what is done elsewhere is not, whatever she answers. */
export const filedHere = (home: Home, event: string): number =>
  stepsOfEvent(home, event).filter((step) => step.form || (step.state === 'ASK' && step.channel === 'HERE')).length;

/** Bundles of a move are called so. */
export const isOfMoving = (bundle: string): boolean => bundle.startsWith('moving');
