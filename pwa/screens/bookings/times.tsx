import { useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { book, bookingPath, byDay, moveBooking, openTimes } from '../../data/bookings.ts';
import type { Asked } from '../../data/family.ts';
import type { Booking, BookingOffer, BookingSlot } from '../../data/shapes.ts';
import { dayAt, shortDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Trouble, useAsked } from '../family/asking.tsx';
import { Gone } from '../parts/gone.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { go } from '../router.ts';
import { timeOf } from './when.ts';

/** The open times of an offer: one is taken, waited for, or (`moving`: her booking) changed to. */
export function BookScreen({ ward, offer, moving }: { ward: string; offer: string; moving: string | null }) {
  const asked = useAsked(() => times(ward, offer), `${ward}:${offer}`);
  if (asked.trouble !== null && asked.value === null) {
    return <BookPage><Trouble trouble={asked.trouble} again={asked.again} to={location.pathname + location.search} /></BookPage>;
  }
  if (asked.value === null) return <Loading />;
  return asked.value.offer ? <Times ward={ward} offer={asked.value.offer} moving={moving} again={asked.again} /> : <Gone text="bookings.gone" />;
}

/** An offer that is gone is told; a line that does not answer is another matter. */
async function times(ward: string, id: string): Promise<Asked<{ offer: BookingOffer | null }>> {
  try {
    return { value: { offer: await openTimes(ward, id) }, trouble: null };
  } catch (cause) {
    if (!(cause instanceof NoAnswer)) throw cause;
    return { value: null, trouble: cause.silence === 'unreachable' ? 'offline' : 'failed' };
  }
}

function BookPage({ children }: { children: preact.ComponentChildren }) {
  const { say } = useSpeech();
  return <Page title={say('bookings.new')} back="/bookings">{children}</Page>;
}

type TimesProps = { ward: string; offer: BookingOffer; moving: string | null; again: () => void };

function Times({ offer, moving, again }: TimesProps) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [id] = useState(() => crypto.randomUUID());
  const [person, choose] = useState(offer.people[0]?.id ?? null);
  const days = byDay(offer.slots, dayAt);
  const [day, setDay] = useState<string | null>(() => [...days].find(([, slots]) => slots.some(({ left }) => left > 0))?.[0] ?? [...days.keys()][0] ?? null);
  const [slot, take] = useState<BookingSlot | null>(null);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const done = ({ value, trouble: why }: Asked<Booking>) => {
    setTrouble(why);
    if (value) return go(bookingPath(value), 'replace');
    take(null);
    again();
  };
  const act = () => slot && void (moving === null ? book({ id, slot: slot.id, person, wait: slot.left === 0 }) : moveBooking(moving, slot.id)).then(done);
  return (
    <Page title={pick(offer.title)} back={moving === null ? '/facilities' : `/bookings/${moving}`} lead={<p class="note">{offer.facilityName}</p>}>
      {moving !== null && <p>{say('bookings.moveHelp')}</p>}
      {moving === null && <p class="note">{say('bookings.deadline', { n: offer.cancelHours })}</p>}
      {offer.people.length === 0 && <p class="alert" data-kind="note" role="alert">{say('bookings.noChild')}</p>}
      {moving === null && offer.people.length > 1 && (
        <fieldset class="field">
          <legend>{say('bookings.whomAsk')}</legend>
          {offer.people.map((one) => <label class="tick" key={one.id}><input type="radio" name="person" checked={person === one.id} onChange={() => choose(one.id)} />{one.name}</label>)}
        </fieldset>
      )}
      {days.size === 0 ? <p>{say('bookings.noTimes')}</p> : (
        <>
          <div class="field">
            <label for="booking-day">{say('bookings.chooseDay')}</label>
            <select id="booking-day" value={day ?? ''} onChange={(event) => { setDay(event.currentTarget.value); take(null); }}>
              {[...days].map(([one, slots]) => <option key={one} value={one}>{shortDay(one, language)}{slots.every(({ left }) => left === 0) ? `　${say('bookings.fullNow')}` : ''}</option>)}
            </select>
          </div>
          <h2 id="times">{say('bookings.chooseTime')}</h2>
          <ul class="times" aria-labelledby="times">
            {(days.get(day ?? '') ?? []).map((one) => (
              <li key={one.id}>
                <button type="button" aria-pressed={slot?.id === one.id} disabled={moving !== null && one.left === 0} data-testid="time" data-left={one.left} onClick={() => take(one)}>
                  <strong>{timeOf(one.startsAt)}</strong><span>{one.left > 0 ? say('bookings.left', { n: one.left }) : say(moving === null ? 'bookings.full' : 'bookings.fullNow')}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <Trouble trouble={trouble} to={location.pathname + location.search} />
      {slot && offer.people.length > 0 && (
        <button type="button" class="button" disabled={!reached} onClick={act}>{say(moving !== null ? 'bookings.moveTo' : slot.left > 0 ? 'bookings.take' : 'bookings.wait')}</button>
      )}
    </Page>
  );
}
