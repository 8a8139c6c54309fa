import { amend, keep, readSnapshot } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { Book, CancelBooking, ConfirmBooking, MoveBooking, ShowBookingOffer, ShowBookings } from './documents.ts';
import { had, type Asked } from './family.ts';
import { ours } from './refresh.ts';
import type { Booking, BookingOffer } from './shapes.ts';

export { bookingPath, inOrder } from './bookings-ahead.ts';

/** Her bookings: kept on the device, so that the code can be shown where there is no network. */

export async function refreshBookings(): Promise<void> {
  const viewer = await ours((await ask(ShowBookings, {})).viewer);
  if (viewer) await keep('bookings', viewer.bookings);
}

/** The open times of an offer; they are asked each time, since others take them too. Rejects with NoAnswer. */
export async function openTimes(ward: string, offer: string): Promise<BookingOffer | null> {
  return (await ours((await ask(ShowBookingOffer, { ward, offer })).viewer))?.bookingOffer ?? null;
}

export type BookWish = { id: string; slot: string; person: string | null; wait: boolean };

export const book = (input: BookWish): Promise<Asked<Booking>> =>
  kept(had(async () => (await ask(Book, { input })).book, 'Booking'));
export const confirmBooking = (id: string): Promise<Asked<Booking>> =>
  kept(had(async () => (await ask(ConfirmBooking, { id })).confirmBooking, 'Booking'));
export const moveBooking = (id: string, slot: string): Promise<Asked<Booking>> =>
  kept(had(async () => (await ask(MoveBooking, { id, slot })).moveBooking, 'Booking'));
export const cancelBooking = (id: string): Promise<Asked<Booking>> =>
  kept(had(async () => (await ask(CancelBooking, { id })).cancelBooking, 'Booking'));

async function kept(asked: Promise<Asked<Booking>>): Promise<Asked<Booking>> {
  const { value, trouble } = await asked;
  if (value && !(await readSnapshot()).signedOut?.value) {
    await amend('bookings', (known) => [value, ...(known ?? []).filter(({ id }) => id !== value.id)]);
  }
  return { value, trouble };
}

export const offerPath = (ward: string, offer: string): string => `/bookings/new?ward=${ward}&offer=${offer}`;

/** Days with their times, as the page shows them. */
export function byDay<T extends { startsAt: string }>(slots: readonly T[], dayOf: (moment: Date) => string): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const slot of slots) {
    const day = dayOf(new Date(slot.startsAt));
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return days;
}
