import { bookings } from './bookings-en.ts';
import { facilities } from './facilities-en.ts';

/** Where to go, and when. */
export const places = { ...bookings, ...facilities };
