import { isSentBack } from '../../data/came-back.ts';
import type { Bundle, Home, Source, Step } from '../../data/shapes.ts';
import { onDemand, stepsOf } from '../../data/steps.ts';
import type { Kept } from '../../device/snapshot.ts';
import { dayAt, daysBetween } from '../../text/dates.ts';

/** What presses and what may rest, of all the steps of a home. */

const SOON = 14;
const AT_A_GLANCE = 5;
const OUT_OF_HER_HANDS: readonly Step['state'][] = ['SENT', 'DONE'];
const SEEN_OF_A_BUNDLE = 1;
const RESTING: readonly Step['state'][] = ['DONE', 'NOT_YET'];

/** Days left today, though the copy may be of an earlier day; null: no last day. */
export function daysLeft(step: Step, home: Kept<Home>, now = new Date()): number | null {
  if (step.daysLeft === null) return null;
  return step.daysLeft - daysBetween(dayAt(new Date(home.at)), dayAt(now));
}

/** What came back to her, is overdue or ends within fourteen days, the nearest first, each once. */
export function mostUrgent(home: Kept<Home>, now = new Date()): { next: Step[]; more: Step[] } {
  const presses = (step: Step) => isSentBack(step) || (daysLeft(step, home, now) ?? Infinity) <= SOON;
  const urgent = stepsOf(home.value)
    .filter((step) => !OUT_OF_HER_HANDS.includes(step.state) && presses(step))
    .sort((one, other) => (one.due ?? '').localeCompare(other.due ?? ''));
  return { next: urgent.slice(0, AT_A_GLANCE), more: urgent.slice(AT_A_GLANCE) };
}

/** Done, too early, or nobody will be asked about it: behind a closed door of its bundle. */
export const isQuiet = (step: Step, home: Home): boolean => RESTING.includes(step.state) || isNotAsked(step, home);

/** `above`: how many of its steps stand in another place of the screen already. */
export type Laid = { bundle: Bundle; above: number; seen: Step[]; folded: Step[] };

/** The bundles of a home under what presses, so that no step stands on the screen twice. `isResident` false: no ward's
 * sources will ever tell of her, so what only they could settle is no list of hers to go through. */
export function laidOut(home: Kept<Home>, now = new Date(), isResident = true): Laid[] {
  const { next, more } = mostUrgent(home, now);
  const shown = new Set([...next, ...more].map((step) => step.id));
  return home.value.bundles.map((bundle) => {
    const isNew = (step: Step) => !shown.has(step.id) && shown.add(step.id);
    const steps = isResident ? bundle.steps : bundle.steps.filter((step) => !isNotAsked(step, home.value));
    const here = steps.filter(isNew);
    const { seen, folded } = inSight(here, home.value);
    return { bundle, above: steps.length - here.length, seen, folded: [...folded, ...onDemand(bundle).filter(isNew)] };
  });
}

/** One step of a bundle to be seen at once; behind its door what may wait or rests, and questions: they are put above. */
export function inSight(steps: readonly Step[], home: Home): { seen: Step[]; folded: Step[] } {
  const seen = steps.filter((step) => step.state !== 'ASK' && !isQuiet(step, home)).slice(0, SEEN_OF_A_BUNDLE);
  return { seen, folded: steps.filter((step) => !seen.includes(step)) };
}

/** It has told what it knows, or will not: nobody waits for it. */
export const hasSettled = ({ state }: Source): boolean => state === 'KNOWN' || willNotTell(state);

/** Not asked for her, or without a record of her. */
const willNotTell = (state: Source['state']): boolean => state === 'NOT_ASKED' || state === 'NO_RECORD';

/** Nothing was heard, and of all the sources it rests upon none is silent or still asked: they will not tell of her. */
export const isNotAsked = (step: Step, home: Home): boolean =>
  step.state === 'UNHEARD' && step.gaps.length === 0 && !isFilling(home) &&
  home.sources.some((source) => willNotTell(source.state));

/** Somebody is still to answer for the first time. */
export const isFilling = (home: Home): boolean => home.sources.some((source) => source.state === 'WAITING');
