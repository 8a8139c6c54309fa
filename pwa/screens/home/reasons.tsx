import type { Step } from '../../data/shapes.ts';
import { moment } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { useSourceName } from '../parts/source-name.ts';
import { GapMark } from '../parts/step-marks.tsx';

/** All of why a step stands on her home, with its sources and what to do if it is not so. */
export function Reasons({ step }: { step: Step }) {
  const { say, pick, language } = useSpeech();
  const { home } = useDevice().snapshot;
  const nameOf = useSourceName();
  if (!home) return null;
  const told = [...new Set(step.known.map(({ source }) => source))].filter((source) => source !== 'self');
  const corrections = home.value.sources.filter(({ id }) => told.includes(id));
  return (
    <>
        <p>{pick(step.because)}</p>
        {step.late && <p><strong>{say('step.late')}</strong> {pick(step.late)}</p>}
        <p class="note">
          {told.length > 0 && say('why.told', { source: told.map(nameOf).join('・'), time: step.asOf === null ? '' : moment(step.asOf, language) })}
          <GapMark step={step} />
        </p>
        <h4>{say('why.notSo')}</h4>
        {corrections.map(({ id, correction }) => <p key={id}>{pick(correction)}</p>)}
        <p class="links">
          {told.length > 0 && <a href="/records">{say('why.records.look')}</a>}
          {home.value.answers.length > 0 && <a href="/answers">{say('why.answers.change')}</a>}
        </p>
    </>
  );
}
