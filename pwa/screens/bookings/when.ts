import type { Language } from '../../data/shapes.ts';
import { dayAt, shortDay } from '../../text/dates.ts';

/** 09:30 in Tokyo. */
export const timeOf = (iso: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' }).format(new Date(iso));

/** 12月18日（金）09:30, with the day of the week: an appointment is kept by it. */
export const when = (iso: string, language: Language): string => `${shortDay(dayAt(new Date(iso)), language)} ${timeOf(iso)}`;
