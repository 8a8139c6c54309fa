import { isOfMoving } from '../data/moving.ts';
import { quietly, refreshHome } from '../data/refresh.ts';
import type { Bundle, Home } from '../data/shapes.ts';
import type { Kept } from '../device/snapshot.ts';
import { moment } from '../text/dates.ts';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { Icon } from './parts/icon.tsx';
import { Changes, NextQuestion } from './parts/news.tsx';
import { OutboxStrip } from './parts/outbox-strip.tsx';
import { Page } from './parts/page.tsx';
import { Sources } from './parts/sources.tsx';
import { inSight, isFilling, mostUrgent } from './parts/pressing.ts';
import { NextCard, StepCard } from './parts/step-card.tsx';

/** Everything of this person's life events, as this device last heard it. */
export function HomeScreen() {
  const { snapshot } = useDevice();
  const { say, pick } = useSpeech();
  const { viewer, home } = snapshot;
  const name = viewer?.value.name ?? '';
  const ward = viewer?.value.ward ? pick(viewer.value.ward.name) : null;
  return (
    <Page title={name === '' ? say('home.helloOnly') : say('home.hello', { name })} lead={<Refresh home={home} ward={ward} />}>
      {viewer?.value.ward === null && <p class="note">{say('home.noWard')}</p>}
      <OutboxStrip />
      <ul class="links doors-to-catalogue">
        <li><a href="/search"><Icon name="search" />{say('search.link')}</a></li>
        <li><a href="/events">{say('events.link')}</a></li>
      </ul>
      {home ? <Known home={home} /> : <Skeleton />}
    </Page>
  );
}

function Refresh({ home, ward }: { home: Kept<Home> | null; ward: string | null }) {
  const { say, language } = useSpeech();
  const { refreshing, remaining, failed } = useLine();
  const busy = remaining === null ? say('home.refreshing') : say('home.remaining', { n: remaining });
  return (
    <div class="refresh">
      <p class="note" role="status">
        {ward !== null && `${ward}　`}{refreshing ? busy : home && say('home.asOf', { time: moment(home.at, language) })}
      </p>
      {failed && <p class="error" role="alert">{say('home.failed')}</p>}
      <button type="button" class="button" data-kind="quiet" disabled={refreshing} onClick={() => quietly(refreshHome('now'))}>
        {say('home.refresh')}
      </button>
    </div>
  );
}

function Known({ home }: { home: Kept<Home> }) {
  const { say } = useSpeech();
  const { next, more } = mostUrgent(home);
  return (
    <>
      <Changes home={home.value} />
      {(next.length > 0 || !isFilling(home.value)) && (
        <section class="next" aria-labelledby="next">
          <h2 id="next">{say('home.next')}</h2>
          {next.length ? <ul class="cards">{next.map((step) => <NextCard key={step.id} step={step} />)}</ul>
            : <p>{say('home.nothingNext')}</p>}
          {more.length > 0 && (
            <details class="more">
              <summary>{say('home.more', { n: more.length })}</summary>
              <ul class="cards">{more.map((step) => <NextCard key={step.id} step={step} />)}</ul>
            </details>
          )}
        </section>
      )}
      {!isFilling(home.value) && <NextQuestion home={home.value} />}
      <Sources sources={home.value.sources} />
      {home.value.bundles.filter(isBegun).map((bundle) => <BundlePart key={bundle.id} bundle={bundle} home={home.value} />)}
      <ul class="links">
        <li><a href="/benefits">{say('benefits.title')}</a></li>
        {home.value.answers.length > 0 && <li><a href="/answers">{say('answers.title')}</a></li>}
      </ul>
    </>
  );
}

/** An event she has not begun, and that has brought nothing by itself, is found among the life events. */
const isBegun = (bundle: Bundle): boolean => bundle.start === null || bundle.steps.length > 0;

function BundlePart({ bundle, home }: { bundle: Bundle; home: Home }) {
  const { say, pick } = useSpeech();
  const { seen, folded } = inSight(bundle.steps, home);
  const heading = `bundle-${bundle.id}`;
  return (
    <section class="bundle" aria-labelledby={heading} data-testid={heading}>
      <h2 id={heading}>{pick(bundle.name)}</h2>
      <p class="note">{pick(bundle.summary)}</p>
      {bundle.steps.length === 0 && (isFilling(home) ? <Skeleton bundles={1} /> : <p>{say('home.empty')}</p>)}
      {isOfMoving(bundle.id) && <p class="strip"><a href="/moving/difference">{say('move.open')}</a></p>}
      <ul class="cards">{seen.map((step) => <StepCard key={step.id} step={step} />)}</ul>
      {folded.length > 0 && (
        <details class="more">
          <summary>{say('home.more', { n: folded.length })}</summary>
          <ul class="cards">{folded.map((step) => <StepCard key={step.id} step={step} />)}</ul>
        </details>
      )}
    </section>
  );
}

/** Grey bundles while the very first answers are on their way. */
function Skeleton({ bundles = 3 }: { bundles?: number }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {Array.from({ length: bundles }, (_, index) => <div key={index}><span /><span /><span /></div>)}
    </div>
  );
}
