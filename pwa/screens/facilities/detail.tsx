import type { ComponentChildren } from 'preact';
import { offerPath } from '../../data/bookings.ts';
import { routeLink, type Facility, type Offer } from '../../data/facilities.ts';
import { kilometres } from '../../data/facility-choice.ts';
import { dayAndTime, shortDay } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { Gone } from '../parts/gone.tsx';
import { Line } from '../parts/line.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { pointOf, useFacilities, useOwnPlaces } from './use-places.ts';
import { ages, barrierFreeWords, disasterWords, distance, hours, languageWords, openWords, vacancies } from './words.ts';

/** One facility: all its ward tells of it, the way there, what can be booked, and how old that is. */
export function FacilityScreen({ id }: { id: string }) {
  const ward = id.split('-')[0] ?? '';
  const { value } = useFacilities([ward]);
  const { own, change } = useOwnPlaces();
  const { say } = useSpeech();
  if (!value || !own) return <Loading />;
  const facility = value.all.find((one) => one.id === id);
  if (!facility) return <Gone text={value.missing.length ? 'open.failed' : 'facilities.gone'} />;
  const isMarked = own.favourites.includes(id);
  const from = pointOf(own.home, value);
  const offers = value.told.flatMap((one) => one.offers).filter((offer) => offer.facility === id);
  const toggle = () => change({ favourites: isMarked ? own.favourites.filter((one) => one !== id) : [...own.favourites, id] });
  return (
    <Page title={facility.name} back="/facilities" lead={<p class="note">{facility.sort || say(`facilities.kind.${facility.kind}`)}</p>}>
      {offers.map((offer) => <ToBook key={offer.id} offer={offer} />)}
      {facility.booking && <p class="strip"><a href={facility.booking} rel="noreferrer">{say('facilities.bookElsewhere')}</a></p>}
      <button type="button" class="button" data-kind="outline" aria-pressed={isMarked} onClick={toggle}>{say(isMarked ? 'facilities.marked' : 'facilities.mark')}</button>
      <Facts facility={facility} km={from && facility.at ? kilometres(from, facility.at) : null} />
      <Origin facility={facility} heardAt={value.told[0]?.heardAt ?? null} />
    </Page>
  );
}

export function ToBook({ offer }: { offer: Offer }) {
  const { say, pick } = useSpeech();
  if (offer.elsewhere) return <p class="strip"><a href={offer.elsewhere} rel="noreferrer">{pick(offer.title)}：{say('facilities.bookElsewhere')}</a></p>;
  return <a class="button" href={offerPath(offer.ward, offer.id)}>{say('facilities.book', { what: pick(offer.title) })}</a>;
}

function Facts({ facility, km }: { facility: Facility; km: number | null }) {
  const speech = useSpeech();
  const { say } = speech;
  const open = openWords(facility, speech);
  return (
    <dl class="facts place-facts" data-testid="facility-facts">
      <Told term="facilities.vacancies">{vacancies(facility, speech)}</Told>
      <Told term="facilities.ages">{ages(facility, speech)}</Told>
      <Told term="facilities.hours">{hours(facility, speech) && <>{hours(facility, speech)} {open && <strong>{open}</strong>}{facility.hoursNote && <span class="note">{facility.hoursNote}</span>}</>}</Told>
      <Told term="facilities.address">
        {facility.address && <>{facility.address} {km !== null && <span class="note">{say('facilities.fromYourHome', { far: distance(km, speech) ?? '' })}</span>}<Way facility={facility} /></>}
      </Told>
      <Told term="facilities.phone">{facility.phone && <a href={`tel:${facility.phone.replace(/[^\d+]/g, '')}`}>{facility.phone}</a>}</Told>
      <Told term="facilities.services">{facility.services.join('・')}</Told>
      <Told term="facilities.capacity">{facility.capacity !== null && say('facilities.people', { n: facility.capacity })}</Told>
      <Told term="facilities.disasters">{disasterWords(facility, speech)}</Told>
      <Told term="facilities.language">{languageWords(facility, speech)}</Told>
      <Told term="facilities.barrierFree">{barrierFreeWords(facility, speech)}</Told>
      <Told term="facilities.operator">{facility.operator}</Told>
      <Told term="facilities.note">{facility.note}</Told>
      <Told term="facilities.site">{facility.url && <a href={facility.url} rel="noreferrer">{facility.url}</a>}</Told>
    </dl>
  );
}

function Told({ term, children }: { term: 'facilities.vacancies' | `facilities.${string}`; children: ComponentChildren }) {
  const { say } = useSpeech();
  if (children === null || children === false || children === '') return null;
  return <Line term={say(term as 'facilities.vacancies')}>{children}</Line>;
}

/** Links alone: neither this page nor the server asks a map of anything. */
function Way({ facility }: { facility: Facility }) {
  const { say } = useSpeech();
  const route = routeLink(facility);
  if (!route || !facility.at) return null;
  return (
    <span class="ways">
      <a href={route}>{say('facilities.way')}</a>
      <a href={`https://maps.gsi.go.jp/#17/${facility.at.lat}/${facility.at.lon}/`} rel="noreferrer">{say('facilities.wayGsi')}</a>
    </span>
  );
}

function Origin({ facility: { source }, heardAt }: { facility: Facility; heardAt: string | null }) {
  const { say, language } = useSpeech();
  return (
    <p class="note" data-testid="facility-origin">
      {say('facilities.origin', { set: source.name })} {source.asOf ? say('facilities.asOf', { day: shortDay(source.asOf, language) }) : say('facilities.noDay')}{' '}
      {heardAt && say('facilities.heard', { time: dayAndTime(heardAt, language) })} {source.source && <a href={source.source} rel="noreferrer">{say('facilities.sourcePage')}</a>}
    </p>
  );
}
