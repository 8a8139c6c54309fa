import type { Language } from '../data/shapes.ts';

/** Days and times as people in Tokyo say them. A day is YYYY-MM-DD; a moment is an ISO time. */

const ZONE = 'Asia/Tokyo';
const LOCALE: Record<Language, string> = { ja: 'ja-JP', easy: 'ja-JP', en: 'en-GB' };

const asDate = (day: string): Date => new Date(`${day}T12:00:00+09:00`);
const write = (language: Language, how: Intl.DateTimeFormatOptions, when: Date): string =>
  new Intl.DateTimeFormat(LOCALE[language], { timeZone: ZONE, ...how }).format(when);

/** The day in Tokyo at this moment. */
export const dayAt = (moment: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(moment);

/** 12月7日（月）; the year only when it is another one. */
export function shortDay(day: string, language: Language, now = new Date()): string {
  const how = { ...yearIfAnother(day, now), month: language === 'en' ? 'short' : 'long', day: 'numeric' } as const;
  if (language === 'en') return write('en', { ...how, weekday: 'short' }, asDate(day));
  return `${write(language, how, asDate(day))}（${write(language, { weekday: 'short' }, asDate(day))}）`;
}

/** 2026年12月7日, as a record has it. */
export const dayOfRecord = (day: string, language: Language): string =>
  write(language, { year: 'numeric', month: language === 'en' ? 'short' : 'long', day: 'numeric' }, asDate(day));

/** 令和8年（2026年）12月7日（月曜日） in Japanese; the full date in English. */
export function longDay(day: string, language: Language): string {
  const when = asDate(day);
  if (language === 'en') return write('en', { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }, when);
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { timeZone: ZONE, era: 'long', year: 'numeric' }).format(when);
  const rest = write(language, { month: 'long', day: 'numeric' }, when);
  return `${era}（${day.slice(0, 4)}年）${rest}（${write(language, { weekday: 'long' }, when)}）`;
}

/** 9:10 today, 11月22日 9:10 before; the year only when it is another one. */
export function moment(iso: string, language: Language, now = new Date()): string {
  const when = new Date(iso);
  const time = write(language, { hour: 'numeric', minute: '2-digit' }, when);
  return dayAt(when) === dayAt(now) ? time : dayAndTime(iso, language, now);
}

/** 11月23日 9:10, always with the day; the year only when it is another one. */
export function dayAndTime(iso: string, language: Language, now = new Date()): string {
  const when = new Date(iso);
  const day = { ...yearIfAnother(dayAt(when), now), month: language === 'en' ? 'short' : 'long', day: 'numeric' } as const;
  return `${write(language, day, when)} ${write(language, { hour: 'numeric', minute: '2-digit' }, when)}`;
}

const yearIfAnother = (day: string, now: Date): { year?: 'numeric' } =>
  (day.slice(0, 4) === dayAt(now).slice(0, 4) ? {} : { year: 'numeric' });

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((asDate(to).valueOf() - asDate(from).valueOf()) / 86_400_000);

/** 2015年4月 of YYYY-MM. */
export const yearAndMonth = (month: string, language: Language): string =>
  write(language, { year: 'numeric', month: 'long' }, asDate(`${month}-01`));
