import { useDeferredWish } from './use-wish.ts';
import { useMemo, useState } from 'preact/hooks';
import { choose } from '../../data/facility-choice.ts';
import type { Found, Wish } from '../../data/facility-choice.ts';
import { dayAndTime, shortDay } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import { FacilityCard } from './card.tsx';
import { Compare } from './compare.tsx';
import { FacilityScreen } from './detail.tsx';
import { Filters, WardChoice } from './filters.tsx';
import { FacilityMap } from './map.tsx';
import { pointOf, useFacilities, useOwnPlaces, type Told } from './use-places.ts';
import { Empty, Waiting } from '../parts/states.tsx';

const AT_ONCE = 20;

/** Facilities of the wards, for everybody, with and without a network; `id`: one of them, or those to compare. */
export function FacilitiesRoom({ id, query }: { id: string | null; query: URLSearchParams }) {
  if (id === 'compare') return <Compare ids={(query.get('ids') ?? '').split(',').filter(Boolean)} />;
  return id === null ? <Facilities query={query} /> : <FacilityScreen id={id} />;
}

function Facilities({ query }: { query: URLSearchParams }) {
  const { say } = useSpeech();
  const { snapshot } = useDevice();
  const { own, change } = useOwnPlaces();
  const wards = own && (own.wards.length ? own.wards : [snapshot.viewer?.value.ward?.code ?? '131016']);
  const { value, again } = useFacilities(wards);
  const [wish, wished] = useDeferredWish(query);
  return (
    <Page title={say('facilities.title')} back="/search">
      {own && wards && <WardChoice wards={wards} choose={(codes) => change({ wards: codes })} />}
      {own && value && <Filters wish={wish} wished={wished} own={own} change={change} told={value} />}
      {!value ? <Waiting>{say('loading')}</Waiting> : own && <Result told={value} wish={wish} again={again} />}
    </Page>
  );
}

function Result({ told, wish: asked, again }: { told: Told; wish: Wish; again: () => void }) {
  const { say } = useSpeech();
  const { own, change } = useOwnPlaces();
  const [isMap, showMap] = useState(false);
  const [compared, compare] = useState<string[]>([]);
  const favourites = new Set(own?.favourites ?? []);
  const from = pointOf(asked.from === null ? own?.home ?? '' : own?.work ?? '', told);
  const only = asked.only ? favourites : null;
  const found = useMemo(() => choose(told.all, { ...asked, from, only }), [told, asked, from?.lat, from?.lon, only && own?.favourites.join()]);
  const mark = (id: string) => change({ favourites: favourites.has(id) ? [...favourites].filter((one) => one !== id) : [...favourites, id] });
  const pick = (id: string) => compare((some) => (some.includes(id) ? some.filter((one) => one !== id) : [...some, id].slice(-3)));
  return (
    <>
      <Missing told={told} again={again} />
      <p role="status" data-testid="facility-count"><strong>{say('facilities.count', { n: found.length })}</strong> <Heard told={told} /></p>
      <div class="languages" role="group" aria-label={say('facilities.view')}>
        <button type="button" aria-pressed={!isMap} onClick={() => showMap(false)}>{say('facilities.list')}</button>
        <button type="button" aria-pressed={isMap} onClick={() => showMap(true)}>{say('facilities.map')}</button>
      </div>
      {found.length === 0 && told.all.length > 0 && <Empty>{say('facilities.none')}</Empty>}
      {isMap && <FacilityMap found={found} told={told} from={from} />}
      {compared.length > 0 && <ToCompare ids={compared} clear={() => compare([])} />}
      <List found={found} wish={asked} favourites={favourites} mark={mark} compared={compared} pick={pick} />
      <Sources told={told} />
    </>
  );
}

/** When the oldest of what is shown was heard. */
function Heard({ told: { told } }: { told: Told }) {
  const { say, language } = useSpeech();
  const oldest = told.map(({ heardAt }) => heardAt).sort()[0];
  return oldest ? <span class="note">{say('facilities.heard', { time: dayAndTime(oldest, language) })}</span> : null;
}

type ListProps = {
  found: readonly Found[]; wish: Wish; favourites: ReadonlySet<string>; mark: (id: string) => void; compared: readonly string[]; pick: (id: string) => void;
};

/** The same as the map, in the same order; some at a time. */
function List({ found, ...rest }: ListProps) {
  const { say } = useSpeech();
  const [shown, show] = useState(AT_ONCE);
  const left = found.length - shown;
  return (
    <>
      <ol class="cards facilities" aria-label={say('facilities.results')}>
        {found.slice(0, shown).map((one) => <FacilityCard key={one.facility.id} one={one} {...rest} />)}
      </ol>
      {left > 0 && (
        <button type="button" class="button" data-kind="outline" onClick={() => show(shown + AT_ONCE)}>
          {say('facilities.more', { n: Math.min(left, AT_ONCE), all: left })}
        </button>
      )}
    </>
  );
}

function ToCompare({ ids, clear }: { ids: readonly string[]; clear: () => void }) {
  const { say } = useSpeech();
  return (
    <div class="strip" data-kind="compare">
      <p>{say('facilities.comparing', { n: ids.length })}</p>
      {ids.length > 1 && <a href={`/facilities/compare?ids=${ids.join(',')}`}>{say('facilities.compare')}</a>}
      <button type="button" class="button" data-kind="quiet" onClick={clear}>{say('facilities.compare.clear')}</button>
    </div>
  );
}

/** A ward whose file could neither be heard nor is kept here. */
function Missing({ told: { missing, all }, again }: { told: Told; again: () => void }) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const { service } = useDevice().snapshot;
  if (missing.length === 0) return null;
  const names = missing.map((code) => service?.value.wards.find((ward) => ward.code === code)).map((ward, at) => (ward ? pick(ward.name) : missing[at])).join('・');
  return (
    <div class="alert" data-kind="note" role="alert">
      <p>{say(reached ? 'facilities.failed' : 'facilities.offline', { wards: names })}</p>
      {all.length === 0 && <p>{say('facilities.offlineHelp')}</p>}
      <button type="button" class="button" data-kind="outline" onClick={again}>{say('open.again')}</button>
    </div>
  );
}

/** From where the data are and how old; said for every data set of the wards shown. */
function Sources({ told: { told } }: { told: Told }) {
  const { say, pick, language } = useSpeech();
  const { service } = useDevice().snapshot;
  if (told.length === 0) return null;
  return (
    <details class="more" data-testid="facility-sources">
      <summary>{say('facilities.sources')}</summary>
      {told.map(({ ward, heardAt, facilities }) => {
        const name = service?.value.wards.find((one) => one.code === ward)?.name;
        const sets = [...new Set(facilities.map(({ source }) => source))];
        return (
          <section key={ward}>
            <h2>{name ? pick(name) : ward}</h2>
            <p class="note">{say('facilities.heard', { time: dayAndTime(heardAt, language) })}</p>
            {sets.length === 0 && <p>{say('facilities.nothingPublished')}</p>}
            <ul class="plain">
              {sets.map((set) => (
                <li key={set.name}>
                  {set.name}{set.asOf && <>　{say('facilities.asOf', { day: shortDay(set.asOf, language) })}</>}
                  {set.source && <> <a href={set.source} rel="noreferrer">{say('facilities.sourcePage')}</a></>}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <p class="note"><Icon name="offline" />{say('facilities.noTracker')}</p>
    </details>
  );
}
