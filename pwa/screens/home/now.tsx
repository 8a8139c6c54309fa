import type { ComponentChildren } from 'preact';
import { comesNext, inOrderOfDay, type Thing } from '../../data/answer.ts';
import type { Home } from '../../data/shapes.ts';
import { stepsOf } from '../../data/steps.ts';
import type { Kept } from '../../device/snapshot.ts';
import { dayAt, shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { useInbox } from '../inbox/use-inbox.ts';
import { Icon } from '../parts/icon.tsx';
import { isFilling, mostUrgent } from '../parts/pressing.ts';
import { stepPath } from '../parts/step-marks.tsx';
import { keyOf, ThingCard } from './thing.tsx';

const AT_A_GLANCE = 5;

/** What is hers to do now, in one list, whoever asks for it; or that there is nothing, and when the next thing comes. */
export function Now({ home }: { home: Kept<Home> }) {
  const { say } = useSpeech();
  const { payments } = useDevice().snapshot;
  const inbox = useInbox();
  const { next, more } = mostUrgent(home);
  const things = inOrderOfDay([...next, ...more], inbox ?? [], payments?.value ?? []);
  if (things.length === 0 && isFilling(home.value)) return null;
  const cards = (some: readonly Thing[]) => <ul class="cards">{some.map((thing) => <ThingCard key={keyOf(thing)} thing={thing} />)}</ul>;
  return (
    <section class="next" aria-labelledby="next">
      <h2 id="next">{say('home.next')}</h2>
      {things.length > 0 ? cards(things.slice(0, AT_A_GLANCE)) : <Calm home={home} />}
      <Rest n={things.length - AT_A_GLANCE}>{cards(things.slice(AT_A_GLANCE))}</Rest>
    </section>
  );
}

/** What is beyond the first few, behind a door that says how many there are. */
export function Rest({ n, children }: { n: number; children: ComponentChildren }) {
  const { say } = useSpeech();
  if (n <= 0) return null;
  return <details class="more"><summary>{say('home.more', { n })}</summary>{children}</details>;
}

function Calm({ home }: { home: Kept<Home> }) {
  const { say, pick, language } = useSpeech();
  const next = comesNext(stepsOf(home.value), dayAt(new Date()));
  const silent = home.value.sources.filter(({ state }) => state === 'GAP').map(({ name }) => pick(name));
  return (
    <div class="calm" data-testid="calm">
      <p><strong>{say(silent.length > 0 ? 'home.nothingSure' : 'home.nothingNext')}</strong></p>
      <p>
        {next ? <>{say('home.comes', { day: shortDay(next.day, language) })} <a href={stepPath(next.step)}>{pick(next.step.name)}</a></> : say('home.calm')}
      </p>
      {silent.length > 0 && <p class="gap-mark"><Icon name="warning" />{say('step.gap', { source: silent.join('・') })}</p>}
    </div>
  );
}
