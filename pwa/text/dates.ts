import { isJapanese, LOCALE, type Language } from './languages.ts';

/** Days and times as people in Tokyo say them. A day is YYYY-MM-DD; a moment is an ISO time. */

const ZONE = 'Asia/Tokyo';

const asDate = (day: string): Date => new Date(`${day}T12:00:00+09:00`);
const write = (language: Language, how: Intl.DateTimeFormatOptions, when: Date): string =>
  new Intl.DateTimeFormat([LOCALE[language], 'en-GB'], { timeZone: ZONE, ...how }).format(when); // not every browser has Nepali

/** Who writes a day in words, the weekday with it and no era; 12/1 would be the 12th of January to most of them. */
const WESTERN: ReadonlySet<Language> = new Set(['en', 'vi', 'ne', 'tl', 'pt']);
const month = (language: Language): 'short' | 'long' => (WESTERN.has(language) && language !== 'vi' ? 'short' : 'long');

/** The day in Tokyo at this moment. */
export const dayAt = (moment: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(moment);

/** 12月7日（月）; the year only when it is another one. */
export function shortDay(day: string, language: Language, now = new Date()): string {
  const hasYear = day.slice(0, 4) !== dayAt(now).slice(0, 4);
  if (!isJapanese(language)) return write(language, { ...(hasYear ? YEAR : {}), ...dayOf(language), weekday: 'short' }, asDate(day));
  return `${hasYear ? bothYears(day) : ''}${write(language, MONTH_AND_DAY, asDate(day))}（${write(language, { weekday: 'short' }, asDate(day))}）`;
}

/** 令和8年（2026年）12月7日, as a record has it. */
export const dayOfRecord = (day: string, language: Language): string =>
  (isJapanese(language)
    ? bothYears(day) + write(language, MONTH_AND_DAY, asDate(day))
    : write(language, { ...YEAR, ...dayOf(language) }, asDate(day)));

/** 令和8年（2026年）12月7日（月曜日） in Japanese; elsewhere the full date. */
export function longDay(day: string, language: Language): string {
  const when = asDate(day);
  if (!isJapanese(language)) return write(language, { ...YEAR, month: 'long', day: 'numeric', weekday: 'long' }, when);
  return `${dayOfRecord(day, language)}（${write(language, { weekday: 'long' }, when)}）`;
}

const YEAR = { year: 'numeric' } as const;
const MONTH_AND_DAY = { month: 'long', day: 'numeric' } as const;
const dayOf = (language: Language) => ({ month: month(language), day: 'numeric' }) as const;

/** A year by the Japanese era and by the Western calendar: 令和8年（2026年）. An era begins on a day, not with a year. */
function bothYears(day: string): string {
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { timeZone: ZONE, era: 'long', year: 'numeric' }).format(asDate(day));
  return `${era}（${Number(day.slice(0, 4))}年）`;
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
  const day = dayAt(when);
  const hasYear = day.slice(0, 4) !== dayAt(now).slice(0, 4);
  const date = isJapanese(language)
    ? (hasYear ? bothYears(day) : '') + write(language, MONTH_AND_DAY, when)
    : write(language, { ...(hasYear ? YEAR : {}), ...dayOf(language) }, when);
  return `${date} ${write(language, { hour: 'numeric', minute: '2-digit' }, when)}`;
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((asDate(to).valueOf() - asDate(from).valueOf()) / 86_400_000);

/** 平成27年（2015年）4月 of YYYY-MM. */
export const yearAndMonth = (month: string, language: Language): string =>
  (isJapanese(language)
    ? bothYears(`${month}-01`) + write(language, { month: 'long' }, asDate(`${month}-01`))
    : write(language, { ...YEAR, month: 'long' }, asDate(`${month}-01`)));

/** 10/3, short enough for a title; 3 Oct in English and the like. */
export const monthAndDay = (day: string, language: Language): string =>
  (WESTERN.has(language)
    ? write(language, { day: 'numeric', month: 'short' }, asDate(day))
    : `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`);

/** 11月; November in English. */
export const monthOf = (day: string, language: Language): string => write(language, { month: 'long' }, asDate(day));

/** Whole years lived on a day. */
export const yearsSince = (born: string, on: string): number =>
  Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0);
