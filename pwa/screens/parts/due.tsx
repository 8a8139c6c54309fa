import type { Step } from '../../data/shapes.ts';
import { shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech, type Speech } from '../device-state.tsx';
import { daysLeft } from './pressing.ts';

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
