import type { Booking } from './shapes.ts';

const LIVE: readonly Booking['state'][] = ['BOOKED', 'WAITING', 'OFFERED'];

/** To come, the next first; then what is over, the last first. */
export function inOrder(bookings: readonly Booking[], now = Date.now()): { ahead: Booking[]; past: Booking[] } {
  const isAhead = ({ state, endsAt }: Booking) => LIVE.includes(state) && Date.parse(endsAt) > now;
  const byTime = (one: Booking, other: Booking) => one.startsAt.localeCompare(other.startsAt);
  return { ahead: bookings.filter(isAhead).sort(byTime), past: bookings.filter((one) => !isAhead(one)).sort(byTime).reverse() };
}

export const bookingPath = ({ id }: Pick<Booking, 'id'>): string => `/bookings/${id}`;
