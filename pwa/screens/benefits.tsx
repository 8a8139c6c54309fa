import { benefitsOf } from '../data/benefits.ts';
import type { Step } from '../data/shapes.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { Page } from './parts/page.tsx';
import { isFilling, isNotAsked } from './parts/pressing.ts';
import { Sources } from './parts/sources.tsx';
import { StepCard } from './parts/step-card.tsx';
import { Unheard } from './parts/unheard.tsx';

const GROUPS = [
  ['now', ['DUE', 'OPEN']], ['ask', ['ASK', 'UNHEARD']], ['soon', ['NOT_YET']], ['sent', ['SENT']], ['have', ['DONE']],
] as const satisfies [string, Step['state'][]][];

/** そびれゼロ: all money and support her family may have, those that close first at the top. */
export function BenefitsScreen() {
  const { home } = useDevice().snapshot;
  const { say } = useSpeech();
  if (!home) return <Unheard />;
  const steps = benefitsOf(home.value).filter((step) => !isNotAsked(step, home.value));
  const isWhole = home.value.sources.every((source) => source.state === 'KNOWN');
  return (
    <Page title={say('benefits.title')} back="/" lead={<p>{say('benefits.lead')}</p>}>
      {!isWhole && <Sources sources={home.value.sources} />}
      {steps.length === 0 && <p role="status">{say(isFilling(home.value) ? 'loading' : 'benefits.empty')}</p>}
      {GROUPS.map(([group, states]) => {
        const here = steps.filter((step) => states.some((state) => state === step.state));
        if (!here.length) return null;
        return (
          <section key={group} class="bundle" aria-labelledby={`benefits-${group}`}>
            <h2 id={`benefits-${group}`}>{say(`benefits.${group}`)}</h2>
            <ul class="cards">{here.map((step) => <StepCard key={step.id} step={step} />)}</ul>
          </section>
        );
      })}
    </Page>
  );
}
