import { eventOf, filedHere, isOfMoving, togetherPath } from '../../data/events.ts';
import type { Home } from '../../data/shapes.ts';
import type { Kept } from '../../device/snapshot.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Changes, NextQuestion } from '../parts/news.tsx';
import { Outages } from '../parts/outages.tsx';
import { hasSettled, isFilling, laidOut, type Laid } from '../parts/pressing.ts';
import { Sources } from '../parts/sources.tsx';
import { Skeleton } from '../parts/states.tsx';
import { StepCard } from '../parts/step-card.tsx';
import { Letters } from './letters.tsx';
import { Rest } from './now.tsx';
import { Waits } from './waits.tsx';

/** Under what is hers to do: whom she waits for, what is new, a question, all else by event, and the doors to the rest. It is
 * fetched beside the first screen; `home` null: nothing was heard yet. */
export function Below({ home }: { home: Kept<Home> | null }) {
  return home ? <Known home={home} /> : <Doors />;
}

/** To all that she may ask for, to the whole catalogue, and to what is held about her. */
function Doors() {
  const { say } = useSpeech();
  const { schools } = useDevice().snapshot;
  const pupils = schools?.value.pupils ?? [];
  return (
    <ul class="links doors-to-catalogue">
      {pupils.length > 0 && <li><a href="/school"><Icon name="home" />{say('school.title')}</a></li>}
      {pupils.some(({ mayAnswer }) => mayAnswer) && <li><a href="/school/absence"><Icon name="applications" />{say('absence.title')}</a></li>}
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

function Known({ home }: { home: Kept<Home> }) {
  const { say } = useSpeech();
  const isSettled = home.value.sources.every(hasSettled);
  const { viewer } = useDevice().snapshot;
  const bundles = laidOut(home, new Date(), viewer?.value.ward !== null).filter((laid) => isBegun(laid, home.value));
  const moving = bundles.find(({ bundle }) => isOfMoving(bundle.id));
  return (
    <>
      <Waits />
      <Letters />
      <Changes home={home.value} />
      <Outages sources={home.value.sources} isOn={false} />
      {!isFilling(home.value) && <NextQuestion home={home.value} />}
      {!isSettled && <Sources sources={home.value.sources} />}
      {bundles.map((laid) => <BundlePart key={laid.bundle.id} laid={laid} home={home.value} isFirstOfMove={laid === moving} />)}
      <Doors />
      {isSettled && <Sources sources={home.value.sources} />}
      {home.value.answers.length > 0 && <ul class="links"><li><a href="/answers">{say('answers.title')}</a></li></ul>}
    </>
  );
}

/** An event without a step is found among the life events; while sources are asked, it may still get one. */
const isBegun = ({ bundle, above, seen, folded }: Laid, home: Home): boolean =>
  above + seen.length + folded.length > 0 || (bundle.start === null && isFilling(home));

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
      {bundle.steps.length === 0 && isFilling(home) && <Skeleton cards={1} />}
      {isFirstOfMove && <p class="strip"><a href="/moving/difference">{say('move.open')}</a></p>}
      {together > (OF_ONE.includes(event) ? 0 : 1) && (isFirstOfMove || !isOfMoving(bundle.id)) && (
        <p class="strip"><a href={togetherPath(event)} data-testid={`together-${bundle.id}`}>{say('together.open', { n: together })}</a></p>
      )}
      {above > 0 && <p class="note">{say('home.above', { n: above })}</p>}
      {seen.length > 0 && <ul class="cards">{seen.map((step) => <StepCard key={step.id} step={step} />)}</ul>}
      <Rest n={folded.length}><ul class="cards">{folded.map((step) => <StepCard key={step.id} step={step} />)}</ul></Rest>
    </section>
  );
}
