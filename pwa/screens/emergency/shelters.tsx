import { useEffect, useState } from 'preact/hooks';
import { nearest, showNearOpenly, type Pack, type Shelter } from '../../data/emergency.ts';
import { DISASTERS, namesOf } from '../../data/facilities.ts';
import { stillKept } from '../../data/records.ts';
import type { Records } from '../../data/shapes.ts';
import { changeOwnThings, NO_THINGS, readOwnThings } from '../../device/own-things.ts';
import { dayOfRecord, moment } from '../../text/dates.ts';
import { dot } from '../../text/lists.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { useOwnPlaces } from '../facilities/use-places.ts';
import { distance } from '../facilities/words.ts';

const AT_FIRST = 6;

/** The ward's shelters, near ones first where her home is known; as the ward's data tell, which is said below. */
export function Shelters({ pack, isHers }: { pack: Pack; isHers: boolean }) {
  const speech = useSpeech();
  const { say, pick, language } = speech;
  const { own } = useOwnPlaces();
  const { records } = useDevice().snapshot;
  const [all, showAll] = useState(false);
  const home = isHers ? own?.home || registered(records?.value ?? null) : '';
  const sorted = nearest(pack, home);
  const isNear = sorted[0]?.km != null;
  const openly = pack.near.flatMap((id) => sorted.filter(({ shelter }) => shelter.id === id));
  const told = isNear || openly.length === 0 ? sorted : [...openly, ...sorted.filter((one) => !openly.includes(one))];
  return (
    <section aria-labelledby="shelters" data-testid="shelters">
      <h2 id="shelters">{say('emergency.shelters')}（{pick(pack.wardName)}）</h2>
      {pack.shelters.length === 0 && <p>{say('emergency.noneTold')}</p>}
      {pack.shelters.length > 0 && <p class="note">{say(isNear || openly.length > 0 ? 'emergency.near' : 'emergency.notNear')}</p>}
      {isHers && <Home home={home} />}
      <ol class="plain pack-list">
        {told.slice(0, all ? told.length : AT_FIRST).map(({ shelter, km }) => (
          <li key={shelter.id} data-testid="shelter">
            <strong>{language === 'en' && shelter.english ? shelter.english : shelter.name}</strong> {distance(km, speech)}
            <span class="note">{shelter.address} <For shelter={shelter} /></span>
            {shelter.at && <a class="not-printed" href={`geo:${shelter.at.lat},${shelter.at.lon}?q=${shelter.at.lat},${shelter.at.lon}`}>{say('emergency.map')}<span class="unseen">{say('why.of', { name: shelter.name })}</span></a>}
          </li>
        ))}
      </ol>
      {told.length > AT_FIRST && !all && <button type="button" class="button not-printed" data-kind="quiet" onClick={() => showAll(true)}>{say('emergency.more', { n: told.length })}</button>}
      {pack.source && (
        <p class="note">
          {say('emergency.source', { name: pack.source, day: pack.asOf ? dayOfRecord(pack.asOf, language) : say('emergency.undated') })}{' '}
          {say('home.asOf', { time: moment(pack.heardAt, language) })}
        </p>
      )}
      {isHers && home !== '' && <Openly home={home} />}
    </section>
  );
}

function For({ shelter }: { shelter: Shelter }) {
  const { say, language } = useSpeech();
  const names = namesOf(DISASTERS, shelter.disasters).map((one) => say(`facilities.disaster.${one}`));
  return (
    <>
      {names.length ? say('emergency.for', { disasters: names.join(dot(language)) }) : say('emergency.notTold')}
      {shelter.capacity !== null && ` ${say('emergency.people', { n: shelter.capacity })}`}
    </>
  );
}

/** The address the register has told; empty: none. */
const registered = (records: Records | null): string => {
  const found = records?.records.find(({ id }) => id === 'registry');
  const lines = (found && stillKept(found)?.content.lines) ?? [];
  return lines.find(({ label }) => label.ja === '住所')?.values[0]?.text ?? '';
};

function Home({ home }: { home: string }) {
  const { say } = useSpeech();
  const { own, change } = useOwnPlaces();
  return (
    <p class="field not-printed">
      <label for="pack-home">{say('emergency.home')}</label>
      <input id="pack-home" autoComplete="off" value={own?.home || home} onChange={(event) => change({ home: event.currentTarget.value.trim() })} />
    </p>
  );
}

/** Her choice: it tells whoever holds the locked phone about where she lives. */
function Openly({ home }: { home: string }) {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(NO_THINGS.nearOpenly);
  useEffect(() => void readOwnThings().then(({ nearOpenly }) => setOpen(nearOpenly)), []);
  const choose = (nearOpenly: boolean) => {
    setOpen(nearOpenly);
    void changeOwnThings((things) => ({ ...things, nearOpenly })).then(() => showNearOpenly(nearOpenly ? home : ''));
  };
  return (
    <label class="check not-printed"><input type="checkbox" checked={isOpen} onChange={(event) => choose(event.currentTarget.checked)} /> <span>{say('emergency.openly')}</span></label>
  );
}
