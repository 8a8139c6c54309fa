import type { Kept } from '../../device/snapshot.ts';
import type { Home, Step } from '../../data/shapes.ts';
import { dayAt, daysBetween, shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech, type Speech } from '../device-state.tsx';

/** Days left today, though the copy may be of an earlier day; null: no last day. */
export function daysLeft(step: Step, home: Kept<Home>, now = new Date()): number | null {
  if (step.daysLeft === null) return null;
  return step.daysLeft - daysBetween(dayAt(new Date(home.at)), dayAt(now));
}

/** The last day and how far it is, in words; colour only repeats it. */
export function Due({ step }: { step: Step }) {
  const speech = useSpeech();
  const { home } = useDevice().snapshot;
  const { say, language } = speech;
  if (step.state === 'NOT_YET' && step.opens) {
    return <p class="due">{say('due.opens', { day: shortDay(step.opens, language) })}</p>;
  }
  if (!home || step.due === null || step.state === 'DONE' || step.state === 'SENT') return null;
  const left = daysLeft(step, home);
  return (
    <p class="due" data-near={left !== null && left <= 14 ? '' : undefined}>
      {say('due.by', { day: shortDay(step.due, language) })}
      {left !== null && <> <strong>{leftInWords(left, speech)}</strong></>}
    </p>
  );
}

export function leftInWords(left: number, { say }: Speech): string {
  if (left < 0) return say('due.past', { n: -left });
  if (left === 0) return say('due.today');
  return left === 1 ? say('due.tomorrow') : say('due.left', { n: left });
}
