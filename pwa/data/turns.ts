import type { Application, Home, Step } from './shapes.ts';
import { stepsOf } from './steps.ts';

/** What comes after an application: its former filings, and what falls due next on the ground of it. */

/** A copy from before there were any has none. */
export const earlierLines = ({ before }: Application): Application['history'] =>
  (before as Application['before'] | undefined) ?? [];

export const standingOf = (application: Application): Application['standing'] | null =>
  (application.standing as Application['standing'] | undefined) ?? null;

/** The step that rests on this one, for the same person, and falls due first; null: none has a last day. */
export function nextDue(application: Application, home: Home | null): Step | null {
  if (!home) return null;
  const isHers = (step: Step) => !step.subject || !application.subject || step.subject.id === application.subject;
  const open = stepsOf(home).filter((step) => step.due !== null && step.state !== 'SENT' && step.state !== 'DONE');
  const resting = open.filter((step) => step.after.includes(application.procedure) && isHers(step));
  return resting.sort((one, other) => (one.due! < other.due! ? -1 : 1))[0] ?? null;
}
