import { awaited, type Awaited } from '../../data/answer.ts';
import { standingOf } from '../../data/turns.ts';
import { shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech, type Speech } from '../device-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Rest } from './now.tsx';

const AT_A_GLANCE = 3;

/** Whom she waits for: since when, and until when it is to come. */
export function Waits() {
  const { say } = useSpeech();
  const { applications, parts, schools } = useDevice().snapshot;
  const waits = awaited(applications?.value ?? [], parts?.value ?? [], schools?.value ?? null);
  if (waits.length === 0) return null;
  const cards = (some: readonly Awaited[]) => <ul class="cards">{some.map((one) => <Card key={one.key} one={one} />)}</ul>;
  return (
    <section aria-labelledby="waits" data-testid="waits">
      <h2 id="waits">{say('home.waits')}</h2>
      {cards(waits.slice(0, AT_A_GLANCE))}
      <Rest n={waits.length - AT_A_GLANCE}>{cards(waits.slice(AT_A_GLANCE))}</Rest>
    </section>
  );
}

function Card({ one }: { one: Awaited }) {
  const speech = useSpeech();
  const { say, pick, language } = speech;
  const title = one.kind === 'application' ? one.application.title : one.kind === 'part' ? one.part.title : one.notice.title;
  return (
    <li class="step-card">
      <h3><a href={one.href}>{pick(title)}</a></h3>
      <p class="for-whom">{whom(one, speech)}</p>
      <p class="note">
        {say('home.since', { day: shortDay(one.since, language) })}
        {one.until !== null && <> {say('home.until', { day: shortDay(one.until, language) })}</>}
      </p>
      <Icon name="chevron" />
    </li>
  );
}

function whom(one: Awaited, { say, pick }: Speech): string {
  if (one.kind === 'part') return say('home.asked', { name: one.part.to });
  if (one.kind === 'guardian') return say('home.otherGuardian');
  const standing = standingOf(one.application);
  return standing?.turn === 'WARD' ? say('home.atWard', { ward: pick(one.application.sentTo) }) : say(`turn.${standing?.turn ?? 'HOUSE'}`);
}
