import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { eventOf, filedHere, togetherPath } from '../data/events.ts';
import { isOfMoving } from '../data/moving.ts';
import { quietly, refreshHome } from '../data/refresh.ts';
import type { Bundle, Home, Step } from '../data/shapes.ts';
import { isPasskeyOffered } from '../device/passkey-offer.ts';
import type { Kept } from '../device/snapshot.ts';
import { moment } from '../text/dates.ts';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { Icon } from './parts/icon.tsx';
import { NextBooking } from './parts/next-booking.tsx';
import { Changes, NextQuestion } from './parts/news.tsx';
import { Outages } from './parts/outages.tsx';
import { OutboxStrip } from './parts/outbox-strip.tsx';
import { Page } from './parts/page.tsx';
import { Sources } from './parts/sources.tsx';
import { hasSettled, isFilling, laidOut, mostUrgent, type Laid } from './parts/pressing.ts';
import { NextCard, StepCard } from './parts/step-card.tsx';
import { DueStrip } from './payments/due-strip.tsx';

/** Everything of this person's life events, as this device last heard it. */
export function HomeScreen() {
  const { snapshot } = useDevice();
  const { say, pick } = useSpeech();
  const { viewer, home } = snapshot;
  const name = viewer?.value.name ?? '';
  const ward = viewer?.value.ward ? pick(viewer.value.ward.name) : null;
  return (
    <Page title={name === '' ? say('home.helloOnly') : say('home.hello', { name })} lead={<Refresh home={home} ward={ward} />}>
      <Offered />
      {viewer?.value.ward === null && <p class="note">{say('home.noWard')}</p>}
      {home && <Outages sources={home.value.sources} isOn />}
      <OutboxStrip />
      <DueStrip />
      {home ? <Known home={home} /> : <><Doors /><Skeleton /></>}
    </Page>
  );
}

/** A passkey for the next time, to who has come by a code that works once; fetched for nobody else. */
function Offered() {
  const [Card, show] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (isPasskeyOffered()) void import('./devices/passkey-offer.tsx').then(({ PasskeyOffer }) => show(() => PasskeyOffer), () => null);
  }, []);
  return Card && <Card />;
}

/** To all that she may ask for, to the whole catalogue, and to what is held about her. */
function Doors() {
  const { say } = useSpeech();
  return (
    <ul class="links doors-to-catalogue">
      <li><a href="/benefits"><Icon name="gift" />{say('benefits.title')}</a></li>
      <li><a href="/search"><Icon name="search" />{say('search.link')}</a></li>
      <li><a href="/facilities"><Icon name="home" />{say('facilities.link')}</a></li>
      <li><a href="/bookings"><Icon name="events" />{say('bookings.link')}</a></li>
      <li><a href="/payments"><Icon name="records" />{say('payments.title')}</a></li>
      <li><a href="/records"><Icon name="records" />{say('records.link')}</a></li>
      <li><a href="/events"><Icon name="events" />{say('events.link')}</a></li>
    </ul>
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

/** First what presses, then what she may ask for, then news and questions; all else by event, each step once. */
function Known({ home }: { home: Kept<Home> }) {
  const { say } = useSpeech();
  const isSettled = home.value.sources.every(hasSettled);
  const bundles = laidOut(home).filter(({ bundle }) => isBegun(bundle, home.value));
  const moving = bundles.find(({ bundle }) => isOfMoving(bundle.id));
  return (
    <>
      <Next home={home} />
      <NextBooking />
      <Outages sources={home.value.sources} isOn={false} />
      <Doors />
      <Changes home={home.value} />
      {!isFilling(home.value) && <NextQuestion home={home.value} />}
      {!isSettled && <Sources sources={home.value.sources} />}
      {bundles.map((laid) => <BundlePart key={laid.bundle.id} laid={laid} home={home.value} isFirstOfMove={laid === moving} />)}
      {isSettled && <Sources sources={home.value.sources} />}
      {home.value.answers.length > 0 && <ul class="links"><li><a href="/answers">{say('answers.title')}</a></li></ul>}
    </>
  );
}

function Next({ home }: { home: Kept<Home> }) {
  const { say } = useSpeech();
  const { next, more } = mostUrgent(home);
  if (next.length === 0 && isFilling(home.value)) return null;
  return (
    <section class="next" aria-labelledby="next">
      <h2 id="next">{say('home.next')}</h2>
      {next.length ? <ul class="cards">{next.map((step) => <NextCard key={step.id} step={step} />)}</ul>
        : <p>{say('home.nothingNext')}</p>}
      <Folded steps={more} Card={NextCard} />
    </section>
  );
}

/** An event without a step is found among the life events; while sources are asked, it may still get one. */
const isBegun = (bundle: Bundle, home: Home): boolean =>
  bundle.steps.length > 0 || (bundle.start === null && isFilling(home));

/** Worth a conversation though only one form is filed here: what it brings along is much. */
const OF_ONE: readonly string[] = ['moving', 'care'];

type BundleProps = { laid: Laid; home: Home; isFirstOfMove: boolean };

function BundlePart({ laid: { bundle, above, seen, folded }, home, isFirstOfMove }: BundleProps) {
  const { say, pick } = useSpeech();
  const heading = `bundle-${bundle.id}`;
  const event = eventOf(bundle.id);
  const together = filedHere(home, event);
  return (
    <section class="bundle" aria-labelledby={heading} data-testid={heading}>
      <h2 id={heading}>{pick(bundle.name)}</h2>
      <p class="note">{pick(bundle.summary)}</p>
      {bundle.steps.length === 0 && isFilling(home) && <Skeleton bundles={1} />}
      {isFirstOfMove && <p class="strip"><a href="/moving/difference">{say('move.open')}</a></p>}
      {together > (OF_ONE.includes(event) ? 0 : 1) && (isFirstOfMove || !isOfMoving(bundle.id)) && (
        <p class="strip"><a href={togetherPath(event)} data-testid={`together-${bundle.id}`}>{say('together.open', { n: together })}</a></p>
      )}
      {above > 0 && <p class="note">{say('home.above', { n: above })}</p>}
      {seen.length > 0 && <ul class="cards">{seen.map((step) => <StepCard key={step.id} step={step} />)}</ul>}
      <Folded steps={folded} Card={StepCard} />
    </section>
  );
}

function Folded({ steps, Card }: { steps: readonly Step[]; Card: ComponentType<{ step: Step }> }) {
  const { say } = useSpeech();
  if (steps.length === 0) return null;
  return (
    <details class="more">
      <summary>{say('home.more', { n: steps.length })}</summary>
      <ul class="cards">{steps.map((step) => <Card key={step.id} step={step} />)}</ul>
    </details>
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
