import type { Step } from '../../data/shapes.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { Due } from './due.tsx';
import { Icon } from './icon.tsx';
import { useSourceName } from './source-name.ts';

export const stepPath = (step: Pick<Step, 'id'>): string => `/step/${encodeURIComponent(step.id)}`;

/** One step of a bundle: what, until when and why, who runs it, and how old our knowledge is. */
export function StepCard({ step }: { step: Step }) {
  const { say, pick, language } = useSpeech();
  return (
    <li class="step-card" data-state={step.state} data-testid={`step-${step.id}`}>
      <h3><a href={stepPath(step)}>{pick(step.name)}</a></h3>
      {step.subject && <p class="for-whom">{say('step.forWhom', { name: step.subject.name })}</p>}
      <p class="badges">
        <span class="badge" data-state={step.state}>{say(`state.${step.state}`)}</span>
        <span class="badge" data-operator={step.operator}>{say(`operator.${step.operator}`)}</span>
      </p>
      <Due step={step} />
      <p class="because">{pick(step.because)}</p>
      <p class="note">
        {step.asOf !== null && say('source.asOf', { time: moment(step.asOf, language) })}
        <GapMark step={step} />
      </p>
      <Icon name="chevron" />
    </li>
  );
}

/** The same step once more at the top, as short as can be. */
export function NextCard({ step }: { step: Step }) {
  const { say, pick } = useSpeech();
  return (
    <li class="step-card" data-state={step.state}>
      <h3><a href={stepPath(step)}>{pick(step.name)}</a></h3>
      {step.subject && <p class="for-whom">{say('step.forWhom', { name: step.subject.name })}</p>}
      <Due step={step} />
      <Icon name="chevron" />
    </li>
  );
}

/** Says which sources a step rests upon could not be heard. */
export function GapMark({ step }: { step: Step }) {
  const { say } = useSpeech();
  const nameOf = useSourceName();
  if (!step.gaps.length) return null;
  return (
    <span class="gap-mark"><Icon name="warning" />{say('step.gap', { source: step.gaps.map(nameOf).join('・') })}</span>
  );
}
