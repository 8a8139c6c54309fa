import { bookings } from './bookings-ja.ts';
import { facilities } from './facilities-ja.ts';

/** Where to go, and when. */
export const places = { ...bookings, ...facilities };
