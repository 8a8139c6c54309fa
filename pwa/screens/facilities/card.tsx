import { facilityPath } from '../../data/facilities.ts';
import type { Found, Wish } from '../../data/facility-choice.ts';
import { useSpeech } from '../device-state.tsx';
import { distance, openWords, vacantWords } from './words.ts';

type CardProps = {
  one: Found; wish: Wish; favourites: ReadonlySet<string>; mark: (id: string) => void; compared: readonly string[]; pick: (id: string) => void;
};

/** What decides whether she looks closer: what it is, how far, whether there is room, whether it is open. */
export function FacilityCard({ one, wish, favourites, mark, compared, pick }: CardProps) {
  const speech = useSpeech();
  const { say } = speech;
  const { facility, km } = one;
  const open = openWords(facility, speech);
  const vacant = facility.kind === 'childcare' ? vacantWords(one, wish.age, speech) : null;
  const isMarked = favourites.has(facility.id);
  return (
    <li class="facility" data-testid="facility" data-id={facility.id}>
      <h2><a href={facilityPath(facility)}>{facility.name}</a></h2>
      <p class="note">{[facility.sort || say(`facilities.kind.${facility.kind}`), distance(km, speech), facility.address.replace(/^東京都/, '')].filter(Boolean).join('　')}</p>
      <p class="badges">
        {vacant && <span class="badge" data-state={vacant === say('facilities.full') ? 'CLOSED' : 'OPEN'}>{vacant}</span>}
        {open && <span class="badge">{open}</span>}
        {facility.services.slice(0, 2).map((service) => <span class="badge" key={service}>{service}</span>)}
      </p>
      <p class="facility-acts">
        <button type="button" class="button" data-kind="quiet" aria-pressed={isMarked} onClick={() => mark(facility.id)}>
          {isMarked ? `★ ${say('facilities.marked')}` : `☆ ${say('facilities.mark')}`}<span class="unseen">：{facility.name}</span>
        </button>
        <button type="button" class="button" data-kind="quiet" aria-pressed={compared.includes(facility.id)} onClick={() => pick(facility.id)}>
          {compared.includes(facility.id) ? say('facilities.picked') : say('facilities.pick')}<span class="unseen">：{facility.name}</span>
        </button>
      </p>
    </li>
  );
}
