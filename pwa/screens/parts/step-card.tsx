import type { Step } from '../../data/shapes.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { Due } from './due.tsx';
import { Icon } from './icon.tsx';
import { Badges, GapMark, stepPath } from './step-marks.tsx';

/** One step of a bundle: what, until when and why, who runs it, and how old our knowledge is. */
export function StepCard({ step }: { step: Step }) {
  const { say, pick, language } = useSpeech();
  return (
    <li class="step-card" data-state={step.state} data-testid={`step-${step.id}`}>
      <h3><a href={stepPath(step)}>{pick(step.name)}</a></h3>
      {step.subject && <p class="for-whom">{say('step.forWhom', { name: step.subject.name })}</p>}
      <Badges step={step} />
      <Due step={step} />
      {step.amount && step.amount.yen !== null && <p class="worth"><strong>{pick(step.amount.text)}</strong></p>}
      <p class="because">{pick(step.because)}</p>
      <p class="note">
        {step.asOf !== null && say('source.asOf', { time: moment(step.asOf, language) })}
        <GapMark step={step} />
      </p>
      <Icon name="chevron" />
    </li>
  );
}
