import { bookingPath, inOrder } from '../../data/bookings-ahead.ts';
import { when } from '../bookings/when.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

const SOON = 7 * 24 * 3_600_000;

/** On home: what waits for her answer, and what is booked for the coming week, as this device last heard it. */
export function NextBooking() {
  const { say, pick, language } = useSpeech();
  const { bookings } = useDevice().snapshot;
  const { ahead } = inOrder(bookings?.value ?? []);
  const soon = ahead.filter(({ state, startsAt }) => state === 'OFFERED' || (state === 'BOOKED' && Date.parse(startsAt) - Date.now() < SOON));
  return (
    <>
      {soon.slice(0, 2).map((one) => (
        <p class="strip" key={one.id} data-testid="next-booking">
          <a href={bookingPath(one)}>{when(one.startsAt, language)}　{pick(one.title)}</a>
          <span class="note">{one.state === 'OFFERED' ? say('bookings.state.OFFERED') : one.facilityName}</span>
        </p>
      ))}
    </>
  );
}
