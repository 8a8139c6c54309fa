import { isJapanese, LOCALE, type Language } from './languages.ts';

/** What stands between names in one line: 、 where East Asia writes it, a comma elsewhere (Intl would put an `and` there). */
export const comma = (language: Language): string => (isJapanese(language) || language.startsWith('zh') ? '、' : ', ');

/** Between short words that belong together: 月・火, Mon, Tue. */
export const dot = (language: Language): string => (isJapanese(language) ? '・' : comma(language));

/** From one end to the other: 9:00〜10:00, 9:00–10:00; an end that is not told is left out. */
export const ranged = (ends: readonly (string | null | undefined)[], language: Language): string =>
  ends.filter(Boolean).join(isJapanese(language) ? '〜' : ' – ');

/** 1,200 as she writes numbers. */
export const number = (value: number, language: Language): string => new Intl.NumberFormat([LOCALE[language], 'en-GB']).format(value);
