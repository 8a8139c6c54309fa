import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { bookingPath, inOrder, refreshBookings } from '../../data/bookings.ts';
import type { Booking } from '../../data/shapes.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import { unread } from '../parts/silence.ts';
import { BookingScreen } from './booking.tsx';
import { BookScreen } from './times.tsx';
import { when } from './when.ts';
import { Empty, OfflineNote, Waiting } from '../parts/states.tsx';

/** Her bookings; `id`: one of them, or a new one. */
export function BookingsRoom({ id, query }: { id: string | null; query: URLSearchParams }) {
  if (id === 'new') return <BookScreen ward={query.get('ward') ?? ''} offer={query.get('offer') ?? ''} moving={query.get('move')} />;
  return id === null ? <Bookings /> : <BookingScreen id={id} />;
}

/** Brings them up to date when the page opens and when the line is back. */
export function useBookings(): { bookings: Booking[] | null; failed: string } {
  const { say } = useSpeech();
  const { bookings } = useDevice().snapshot;
  const { reached } = useLine();
  const [failed, setFailed] = useState('');
  useEffect(() => {
    setFailed('');
    refreshBookings().catch((cause: unknown) => {
      if (!(cause instanceof NoAnswer)) throw cause;
      setFailed(unread({ say }, cause, 'records.failed'));
    });
  }, [reached]);
  return { bookings: bookings?.value ?? null, failed };
}

function Bookings() {
  const { say } = useSpeech();
  const { snapshot } = useDevice();
  const { reached } = useLine();
  const { bookings, failed } = useBookings();
  const { ahead, past } = inOrder(bookings ?? []);
  return (
    <Page title={say('bookings.title')} back="/" lead={<Age kept={snapshot.bookings} />}>
      {!reached && <OfflineNote>{say('bookings.offline')}</OfflineNote>}
      {failed && reached && <p class="error" role="alert">{failed}</p>}
      {bookings === null && reached && !failed && <Waiting>{say('loading')}</Waiting>}
      {bookings !== null && ahead.length === 0 && <Empty>{say('bookings.none')}</Empty>}
      <ul class="cards">{ahead.map((one) => <BookingCard key={one.id} booking={one} />)}</ul>
      <ul class="links"><li><a href="/facilities">{say('bookings.find')}</a></li></ul>
      {past.length > 0 && (
        <details class="more">
          <summary>{say('bookings.past', { n: past.length })}</summary>
          <ul class="cards">{past.map((one) => <BookingCard key={one.id} booking={one} />)}</ul>
        </details>
      )}
    </Page>
  );
}

function BookingCard({ booking }: { booking: Booking }) {
  const { say, pick, language } = useSpeech();
  return (
    <li class="step-card" data-testid="booking" data-state={booking.state}>
      <h2><a href={bookingPath(booking)}>{pick(booking.title)}</a></h2>
      <p><strong>{when(booking.startsAt, language)}</strong>　{booking.facilityName}</p>
      <p class="badges"><span class="badge">{say(`bookings.state.${booking.state}`)}</span><span class="badge">{say('bookings.forWhom', { name: booking.forWhom })}</span></p>
      <Icon name="chevron" />
    </li>
  );
}
