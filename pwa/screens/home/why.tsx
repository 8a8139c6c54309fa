import type { Home, Step } from '../../data/shapes.ts';
import { isSentBack } from '../../data/came-back.ts';
import { givenName } from '../../data/mail/letter.ts';
import { monthOf, yearsSince } from '../../text/dates.ts';
import { useDevice, useSpeech, type Speech } from '../device-state.tsx';
import { later } from '../parts/later.tsx';
import { useSourceName } from '../parts/source-name.ts';

/** Why a step stands on her home, in a line; and, when she asks, all of it with its sources and what to do if it is not so. */
export function Why({ step }: { step: Step }) {
  const speech = useSpeech();
  const { say, pick } = speech;
  const { home } = useDevice().snapshot;
  const nameOf = useSourceName();
  if (!home) return null;
  return (
    <>
      <p class="because">{reason(step, home.value, nameOf, speech)}</p>
      <details class="why">
        <summary>{say('why.more')}<span class="unseen">{say('why.of', { name: pick(step.name) })}</span></summary>
        <reasons.Room step={step} />
      </details>
    </>
  );
}

/** What stands behind the closed door comes beside the first screen. */
const reasons = later(async () => (await import('./reasons.tsx')).Reasons, () => null, () => null);

/** The shortest true reason: a child, somebody of hers, a record, or her own word. */
function reason(step: Step, home: Home, nameOf: (id: string) => string, { say, pick, language }: Speech): string {
  if (isSentBack(step)) return say('why.back', { from: pick(step.operatorName) });
  const source = step.known.find((fact) => fact.source !== 'self')?.source;
  const child = home.children.find(({ id }) => id === step.subject?.id);
  const born = child?.bornOn as string | undefined; // a copy of home from before this was told has none
  if (child && born) {
    const [age, name] = [yearsSince(born, home.today), givenName(child.name)];
    return age < 1 ? say('why.baby', { name, month: monthOf(born, language) }) : say('why.child', { name, n: age });
  }
  if (step.subject && source) return say('why.person', { name: step.subject.name, source: nameOf(source) });
  if (source) return say('why.record', { source: nameOf(source) });
  const bundle = home.bundles.find(({ steps, more }) => [...steps, ...more].some(({ id }) => id === step.id));
  return bundle ? say('why.event', { event: pick(bundle.name) }) : say('why.answers');
}
