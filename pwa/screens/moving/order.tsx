import { PHASES, turnsOf } from '../../data/moving.ts';
import type { Difference } from '../../data/shapes.ts';
import { shortDay } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';

/** In which order: what is signed with the card comes before the visit that ends the certificate. */
export function Order({ found }: { found: Difference }) {
  const { say, pick, language } = useSpeech();
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
              <ul>
                {turns.map((turn, index) => (
                  <li key={index}>
                    {pick(turn.name)}
                    {turn.lastDay !== null && <span class="due"> {say('due.by', { day: shortDay(turn.lastDay, language) })}</span>}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
