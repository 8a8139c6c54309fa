import { PHASES, turnsOf, type Turn } from '../../data/moving.ts';
import type { Difference } from '../../data/shapes.ts';
import { dot } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';
import { procedurePath } from '../parts/catalogue.ts';
import { LastDay } from './last-day.tsx';

/** In which order: what is signed with the card comes before the visit that ends the certificate. */
export function Order({ found }: { found: Difference }) {
  const { say } = useSpeech();
  return (
    <section aria-labelledby="order">
      <h2 id="order">{say('move.order')}</h2>
      <ol class="phases">
        {PHASES.map((phase) => {
          const turns = turnsOf(found, phase);
          if (!turns.length) return null;
          return (
            <li key={phase} data-phase={phase}>
              <strong>{say(`move.phase.${phase}`)}</strong>
              <ul>{turns.map((turn) => <OneTurn key={turn.id} turn={turn} isForAll={turn.names.length === found.people.length} />)}</ul>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** A thing that ends in one place and begins in the other comes twice: each time it says which, where and for whom. */
function OneTurn({ turn, isForAll }: { turn: Turn; isForAll: boolean }) {
  const { say, pick, language } = useSpeech();
  const said = say(`move.turn.${turn.kind}`, { thing: pick(turn.name) });
  const about = [turn.office && pick(turn.office), ...(isForAll ? [] : turn.names)].filter(Boolean);
  return (
    <li>
      {turn.procedure ? <a href={procedurePath(turn.procedure)}>{said}</a> : said}
      <LastDay day={turn.lastDay} />
      {about.length > 0 && <span class="note"> {about.join(dot(language))}</span>}
      {turn.onlyIf && <span class="only-if">{pick(turn.onlyIf)}</span>}
    </li>
  );
}
