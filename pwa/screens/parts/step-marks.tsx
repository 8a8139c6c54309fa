import { cameBack } from '../../data/came-back.ts';
import type { Step } from '../../data/shapes.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Icon } from './icon.tsx';
import { isNotAsked } from './pressing.ts';
import { useSourceName } from './source-name.ts';

export const stepPath = (step: Pick<Step, 'id'>): string => `/step/${encodeURIComponent(step.id)}`;
export const formPath = (step: Pick<Step, 'id'>): string => `/apply/${encodeURIComponent(step.id)}`;

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

/** Says which sources a step rests upon could not be heard. */
export function GapMark({ step }: { step: Step }) {
  const { say } = useSpeech();
  const nameOf = useSourceName();
  if (!step.gaps.length) return null;
  return (
    <span class="gap-mark"><Icon name="warning" />{say('step.gap', { source: step.gaps.map(nameOf).join('・') })}</span>
  );
}
