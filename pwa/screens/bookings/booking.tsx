import { useEffect, useState } from 'preact/hooks';
import { cancelBooking, confirmBooking } from '../../data/bookings.ts';
import { calendarFile } from '../../data/calendar-file.ts';
import type { Asked } from '../../data/family.ts';
import type { Booking } from '../../data/shapes.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Trouble } from '../family/asking.tsx';
import { Sure } from '../family/mandate.tsx';
import { Gone } from '../parts/gone.tsx';
import { Line } from '../parts/line.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { useBookings } from './bookings.tsx';
import { when } from './when.ts';

type Trouble = Asked<unknown>['trouble'];

/** One booking: when and where, the code for arriving, and what may still be done about it. */
export function BookingScreen({ id }: { id: string }) {
  const { bookings, failed } = useBookings();
  const { reached } = useLine();
  const booking = bookings?.find((one) => one.id === id);
  if (!booking) return bookings === null && reached && !failed ? <Loading /> : <Gone text="bookings.unknown" />;
  return <Told booking={booking} />;
}

function Told({ booking }: { booking: Booking }) {
  const { say, pick, language } = useSpeech();
  const isFree = Date.parse(booking.freeUntil) > Date.now();
  const isToCome = booking.state === 'BOOKED' || booking.state === 'WAITING' || booking.state === 'OFFERED';
  return (
    <Page title={pick(booking.title)} back="/bookings">
      <p class="now" role="status" data-testid="booking-state">{say(`bookings.state.${booking.state}`)}</p>
      {booking.state === 'OFFERED' && <Confirm booking={booking} />}
      <dl class="facts place-facts">
        <Line term={say('bookings.when')}><strong>{when(booking.startsAt, language)}</strong></Line>
        <Line term={say('bookings.where')}><a href={`/facilities/${booking.ward}-${booking.facility}`}>{booking.facilityName}</a></Line>
        <Line term={say('bookings.whom')}>{say('bookings.forWhom', { name: booking.forWhom })}</Line>
        {booking.state === 'WAITING' && <Line term={say('bookings.ahead')}>{say('bookings.aheadOf', { n: booking.ahead })}</Line>}
        {booking.closedWhy && <Line term={say('bookings.closedWhy')}>{booking.closedWhy}</Line>}
        {booking.state === 'BOOKED' && (
          <Line term={say('bookings.until')}>{isFree ? when(booking.freeUntil, language) : say('bookings.untilOver', { phone: booking.phone })}</Line>
        )}
      </dl>
      {booking.state === 'BOOKED' && <Arrival booking={booking} />}
      {booking.state === 'BOOKED' && <ToCalendar booking={booking} />}
      {isToCome && <Change booking={booking} isFree={isFree || booking.state !== 'BOOKED'} />}
    </Page>
  );
}

function Arrival({ booking }: { booking: Booking }) {
  const { say } = useSpeech();
  return (
    <section aria-labelledby="arrival">
      <h2 id="arrival">{say('bookings.code')}</h2>
      <svg class="square" viewBox={`0 0 ${booking.side} ${booking.side}`} role="img" aria-label={say('bookings.codeImage')} shape-rendering="crispEdges">
        <rect width={booking.side} height={booking.side} fill="#fff" />
        <path d={booking.path} stroke="#000" />
      </svg>
      <p class="number" data-testid="booking-code">{booking.code}</p>
      <p class="note">{say('bookings.codeHelp')}</p>
    </section>
  );
}

/** Made on the phone, so it needs no network. */
function ToCalendar({ booking }: { booking: Booking }) {
  const { say, pick } = useSpeech();
  const [address, setAddress] = useState<string | null>(null);
  const title = pick(booking.title);
  useEffect(() => {
    const text = `${say('bookings.code')} ${booking.code}`;
    const file = calendarFile({ id: booking.id, startsAt: booking.startsAt, endsAt: booking.endsAt, title, place: booking.facilityName, text });
    const made = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [booking.id, booking.startsAt, title]);
  return address && <a class="button" data-kind="outline" href={address} download="kurashimado-booking.ics">{say('bookings.calendar')}</a>;
}

function Confirm({ booking }: { booking: Booking }) {
  const { say, language } = useSpeech();
  const { reached } = useLine();
  const [trouble, setTrouble] = useState<Trouble>(null);
  const act = () => void confirmBooking(booking.id).then((asked) => setTrouble(asked.trouble));
  return (
    <div class="alert" data-kind="note">
      {booking.offeredUntil && <p>{say('bookings.confirmBy', { time: when(booking.offeredUntil, language) })}</p>}
      <Trouble trouble={trouble} to={`/bookings/${booking.id}`} />
      <button type="button" class="button" disabled={!reached} onClick={act}>{say('bookings.confirm')}</button>
    </div>
  );
}

function Change({ booking, isFree }: { booking: Booking; isFree: boolean }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [asks, ask] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>(null);
  if (!isFree) return null;
  const cancel = () => void cancelBooking(booking.id).then((asked) => {
    setTrouble(asked.trouble);
    if (asked.trouble === null) ask(false);
  });
  if (asks) {
    return (
      <Sure title={say('bookings.cancelSure')} effect={say('bookings.cancelEffect')} yes={say('bookings.cancelYes')} act={cancel} close={() => ask(false)}>
        <Trouble trouble={trouble} to={`/bookings/${booking.id}`} />
      </Sure>
    );
  }
  return (
    <>
      {!reached && <p class="note">{say('bookings.offline')}</p>}
      {booking.state === 'BOOKED' && reached && (
        <a class="button" data-kind="outline" href={`/bookings/new?ward=${booking.ward}&offer=${booking.offer}&move=${booking.id}`}>{say('bookings.move')}</a>
      )}
      <button type="button" class="button" data-kind="danger" disabled={!reached} onClick={() => ask(true)}>{say('bookings.cancel')}</button>
    </>
  );
}
