import { bookings } from './bookings-easy.ts';
import { facilities } from './facilities-easy.ts';

/** Where to go, and when. */
export const places = { ...bookings, ...facilities };
