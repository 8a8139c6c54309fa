import { awaitedBenefits, benefitsOf, type Awaited } from '../data/benefits.ts';
import { readCatalogue } from '../data/open.ts';
import type { Step } from '../data/shapes.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { procedurePath } from './parts/catalogue.ts';
import { Icon } from './parts/icon.tsx';
import { useOpen } from './parts/open.tsx';
import { Page } from './parts/page.tsx';
import { isFilling, isNotAsked } from './parts/pressing.ts';
import { Sources } from './parts/sources.tsx';
import { StepCard } from './parts/step-card.tsx';
import { stepPath } from './parts/step-marks.tsx';
import { Unheard } from './parts/unheard.tsx';

const GROUPS = [
  ['now', ['DUE', 'OPEN']], ['ask', ['ASK', 'UNHEARD']], ['soon', ['NOT_YET']], ['sent', ['SENT']], ['have', ['DONE']],
] as const satisfies [string, Step['state'][]][];

/** そびれゼロ: all money and support her family may have, those that close first at the top. */
export function BenefitsScreen() {
  const { home } = useDevice().snapshot;
  const { say } = useSpeech();
  const services = useOpen(readCatalogue).value?.publicServices ?? [];
  if (!home) return <Unheard />;
  const steps = benefitsOf(home.value).filter((step) => !isNotAsked(step, home.value));
  const awaited = awaitedBenefits(home.value, services);
  const isWhole = home.value.sources.every((source) => source.state === 'KNOWN');
  return (
    <Page title={say('benefits.title')} back="/" lead={<p>{say('benefits.lead')}</p>}>
      {!isWhole && <Sources sources={home.value.sources} />}
      {steps.length + awaited.length === 0 && <p role="status">{say(isFilling(home.value) ? 'loading' : 'benefits.empty')}</p>}
      {GROUPS.map(([group, states]) => {
        const here = steps.filter((step) => states.some((state) => state === step.state));
        const more = group === 'ask' ? awaited : [];
        if (here.length + more.length === 0) return null;
        return (
          <section key={group} class="bundle" aria-labelledby={`benefits-${group}`}>
            <h2 id={`benefits-${group}`}>{say(`benefits.${group}`)}</h2>
            <ul class="cards">
              {here.map((step) => <StepCard key={step.id} step={step} />)}
              {more.map((one) => <AwaitedCard key={`${one.question.fact} ${one.service.identifier}`} awaited={one} />)}
            </ul>
          </section>
        );
      })}
    </Page>
  );
}

/** What stands behind a question that another step puts: by name, with the question, on the way to it. */
function AwaitedCard({ awaited: { service, question, step } }: { awaited: Awaited }) {
  const { say, pick } = useSpeech();
  return (
    <li class="step-card" data-state="ASK" data-testid={`awaited-${service.identifier}`}>
      <h3><a href={step ? stepPath(step) : procedurePath(service.identifier)}>{pick(service.name)}</a></h3>
      {question.subject && <p class="for-whom">{say('step.forWhom', { name: question.subject.name })}</p>}
      <p class="badges"><span class="badge" data-state="ASK">{say('state.ASK')}</span></p>
      <p class="because">{say('benefits.oneAnswer', { question: pick(question.label) })}</p>
      <Icon name="chevron" />
    </li>
  );
}
