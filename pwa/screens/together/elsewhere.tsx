import type { Step } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';
import { Due } from '../parts/due.tsx';
import { stepPath } from '../parts/step-marks.tsx';

const OVER: readonly Step['state'][] = ['DONE', 'SENT'];

/** What is not filed here stands in the same list: where, how, and by when. */
export function Elsewhere({ steps }: { steps: readonly Step[] }) {
  const { say } = useSpeech();
  const open = steps.filter((step) => !step.form && !OVER.includes(step.state) && step.state !== 'ASK');
  const now = open.filter((step) => step.state !== 'NOT_YET');
  const later = open.filter((step) => step.state === 'NOT_YET');
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="elsewhere" data-testid="elsewhere">
      <h2 id="elsewhere">{say('together.elsewhere')}</h2>
      <p class="note">{say('together.elsewhereHelp')}</p>
      {now.length > 0 && <ul class="cards">{now.map((step) => <Other key={step.id} step={step} />)}</ul>}
      {later.length > 0 && (
        <details class="more">
          <summary>{say('together.later', { n: later.length })}</summary>
          <ul class="cards">{later.map((step) => <Other key={step.id} step={step} />)}</ul>
        </details>
      )}
    </section>
  );
}

function Other({ step }: { step: Step }) {
  const { say, pick } = useSpeech();
  return (
    <li class="step-card" data-state={step.state} data-testid={`elsewhere-${step.id}`}>
      <h3><a href={stepPath(step)}>{pick(step.name)}</a></h3>
      {step.subject && <p class="for-whom">{say('step.forWhom', { name: step.subject.name })}</p>}
      <Due step={step} />
      <p>{say('colon', { of: pick(step.operatorName) })}{say(`channel.${step.channel}`)}</p>
      <p class="note">{pick(step.how)}</p>
    </li>
  );
}
