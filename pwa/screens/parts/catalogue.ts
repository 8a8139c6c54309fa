import type { Home, Question, Step } from '../../data/shapes.ts';
import { stepsOf } from '../../data/steps.ts';
import type { Kept } from '../../device/snapshot.ts';

/** Where the public catalogue and her own plan touch. */

export const procedurePath = (id: string): string => `/procedure/${encodeURIComponent(id)}`;
export const eventPath = (id: string): string => `/events/${encodeURIComponent(id)}`;

let list = '/search';
/** The list she last looked at, for the way back from a procedure. */
export const lastList = (): string => list;
export const rememberList = (path: string): void => void (list = path);

/** The steps of her own plan that are this procedure: one for each person it concerns. */
export function ownSteps(home: Kept<Home> | null, procedure: string): Step[] {
  return home ? stepsOf(home.value).filter((step) => step.procedure === procedure) : [];
}

/** The question that begins a life event, as long as she has not begun it (Bundle.start). */
export const startOf = (home: Kept<Home> | null, event: string): Question | null =>
  home?.value.bundles.find(({ id }) => id === event)?.start ?? null;
