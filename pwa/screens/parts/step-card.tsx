import { cameBack } from '../../data/again.ts';
import type { Step } from '../../data/shapes.ts';
import { moment } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Due } from './due.tsx';
import { Icon } from './icon.tsx';
import { isNotAsked } from './pressing.ts';
import { useSourceName } from './source-name.ts';

export const stepPath = (step: Pick<Step, 'id'>): string => `/step/${encodeURIComponent(step.id)}`;

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

/** How it stands with the step, in a word each. */
export function Badges({ step }: { step: Step }) {
  const { say, pick } = useSpeech();
  const { home } = useDevice().snapshot;
  const back = cameBack(step);
  const decided = step.state === 'DONE' && step.application;
  const state = home && isNotAsked(step, home.value) ? 'NOT_ASKED' : step.state;
  return (
    <p class="badges">
      {back
        ? <span class="badge" data-app={back.state}>{say(`app.${back.state}`)}</span>
        : <span class="badge" data-state={state}>{decided ? pick(decided.stateText) : say(`state.${state}`)}</span>}
      <span class="badge" data-operator={step.operator}>{say(`operator.${step.operator}`)}</span>
    </p>
  );
}

/** A step that presses, at the top and as short as can be. */
export function NextCard({ step }: { step: Step }) {
  const { say, pick, language } = useSpeech();
  return (
    <li class="step-card" data-state={step.state} data-testid={`step-${step.id}`}>
      <h3><a href={stepPath(step)}>{pick(step.name)}</a></h3>
      {step.subject && <p class="for-whom">{say('step.forWhom', { name: step.subject.name })}</p>}
      {cameBack(step) && <Badges step={step} />}
      <Due step={step} />
      <p class="note">
        {step.asOf !== null && say('source.asOf', { time: moment(step.asOf, language) })}
        <GapMark step={step} />
      </p>
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
