import type { ComponentChildren } from 'preact';
import { kilometres } from '../../data/facility-choice.ts';
import { facilityPath, type Facility } from '../../data/facilities.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech, type Speech } from '../device-state.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { pointOf, useFacilities, useOwnPlaces } from './use-places.ts';
import { ages, barrierFreeWords, distance, hours, languageWords, vacancies } from './words.ts';

const MOST = 3;

/** Up to three beside one another; what none of them tells is left out. */
export function Compare({ ids }: { ids: readonly string[] }) {
  const speech = useSpeech();
  const { say } = speech;
  const { own } = useOwnPlaces();
  const { value } = useFacilities([...new Set(ids.map((id) => id.split('-')[0] ?? ''))]);
  if (!value || !own) return <Loading />;
  const some = ids.slice(0, MOST).flatMap((id) => value.all.find((one) => one.id === id) ?? []);
  const home = pointOf(own.home, value);
  const rows = ROWS(speech, (one) => (home && one.at ? distance(kilometres(home, one.at), speech) : null));
  return (
    <Page title={say('facilities.compareTitle')} back="/facilities">
      {some.length < 2 && <p>{say('facilities.compareFew')}</p>}
      <div class="scroll" role="region" aria-label={say('facilities.compareTitle')} tabIndex={0}>
        <table class="compare" data-testid="facility-compare">
          <thead><tr><td />{some.map((one) => <th scope="col" key={one.id}><a href={facilityPath(one)}>{one.name}</a></th>)}</tr></thead>
          <tbody>
            {rows.map(([term, told]) => {
              const cells = some.map(told);
              return cells.some(Boolean) && <tr key={term}><th scope="row">{say(term)}</th>{cells.map((cell, at) => <td key={some[at]?.id}>{cell || '—'}</td>)}</tr>;
            })}
          </tbody>
        </table>
      </div>
    </Page>
  );
}

const ROWS = (speech: Speech, far: (one: Facility) => string | null): [Key, (one: Facility) => ComponentChildren][] => [
  ['facilities.kind', (one) => one.sort || speech.say(`facilities.kind.${one.kind}`)],
  ['facilities.far', far],
  ['facilities.vacancies', (one) => vacancies(one, speech)],
  ['facilities.ages', (one) => ages(one, speech)],
  ['facilities.hours', (one) => hours(one, speech)],
  ['facilities.capacity', (one) => one.capacity !== null && speech.say('facilities.people', { n: one.capacity })],
  ['facilities.services', (one) => one.services.join('・')],
  ['facilities.language', (one) => languageWords(one, speech)],
  ['facilities.barrierFree', (one) => barrierFreeWords(one, speech)],
  ['facilities.address', (one) => one.address],
  ['facilities.phone', (one) => one.phone],
];
