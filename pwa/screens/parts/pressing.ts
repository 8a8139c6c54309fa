import type { Home, Step } from '../../data/shapes.ts';
import type { Kept } from '../../device/snapshot.ts';
import { dayAt, daysBetween } from '../../text/dates.ts';

/** What presses and what may rest, of all the steps of a home. */

const SOON = 14;
const AT_A_GLANCE = 5;
const OUT_OF_HER_HANDS: readonly Step['state'][] = ['SENT', 'DONE'];
const RESTING: readonly Step['state'][] = ['DONE', 'NOT_YET'];

/** Days left today, though the copy may be of an earlier day; null: no last day. */
export function daysLeft(step: Step, home: Kept<Home>, now = new Date()): number | null {
  if (step.daysLeft === null) return null;
  return step.daysLeft - daysBetween(dayAt(new Date(home.at)), dayAt(now));
}

/** What is overdue or ends within fourteen days, the nearest first, each once though it stands in two bundles. */
export function mostUrgent(home: Kept<Home>, now = new Date()): { next: Step[]; more: Step[] } {
  const steps = new Map(home.value.bundles.flatMap((bundle) => bundle.steps).map((step) => [step.id, step]));
  const urgent = [...steps.values()]
    .filter((step) => !OUT_OF_HER_HANDS.includes(step.state) && (daysLeft(step, home, now) ?? Infinity) <= SOON)
    .sort((one, other) => (one.due ?? '').localeCompare(other.due ?? ''));
  return { next: urgent.slice(0, AT_A_GLANCE), more: urgent.slice(AT_A_GLANCE) };
}

/** Done, too early, or nobody will be asked about it: behind a closed door of its bundle. */
export const isQuiet = (step: Step, home: Home): boolean => RESTING.includes(step.state) || isNotAsked(step, home);

const OPEN_AT_A_GLANCE = 3;

/** The steps of a bundle: those to be seen at once, and those behind a closed door, which may wait or rest. */
export function inSight(steps: readonly Step[], home: Home): { seen: Step[]; folded: Step[] } {
  const lively = steps.filter((step) => !isQuiet(step, home));
  const mayWait = lively.filter((step) => step.state === 'OPEN').slice(OPEN_AT_A_GLANCE);
  const seen = lively.filter((step) => !mayWait.includes(step));
  return { seen, folded: [...mayWait, ...steps.filter((step) => isQuiet(step, home))] };
}

/** Nothing was heard, and of all the sources it rests upon none is silent or still asked: they are not asked for her. */
export const isNotAsked = (step: Step, home: Home): boolean =>
  step.state === 'UNHEARD' && step.gaps.length === 0 && !isFilling(home) &&
  home.sources.some((source) => source.state === 'NOT_ASKED');

/** Somebody is still to answer for the first time. */
export const isFilling = (home: Home): boolean => home.sources.some((source) => source.state === 'WAITING');
