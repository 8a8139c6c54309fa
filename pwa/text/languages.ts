/** The languages the app speaks. やさしい日本語 is written first; the first three are what officials and the catalogue write. */
export const WRITTEN = ['ja', 'easy', 'en'] as const;
export const LANGUAGES = [...WRITTEN, 'zh-Hans', 'zh-Hant', 'ko', 'vi', 'ne', 'tl', 'pt'] as const;
export type Written = (typeof WRITTEN)[number];
export type Language = (typeof LANGUAGES)[number];
/** As the server's enum has it. */
export const CODE = {
  ja: 'JA', easy: 'EASY', en: 'EN', 'zh-Hans': 'ZH_HANS', 'zh-Hant': 'ZH_HANT', ko: 'KO', vi: 'VI', ne: 'NE', tl: 'TL', pt: 'PT',
} as const satisfies Record<Language, string>;

/** Each by its own name, so that whoever reads it finds it on a screen in any language. */
export const NAME: Record<Language, string> = {
  ja: '日本語', easy: 'やさしい日本語', en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', ko: '한국어',
  vi: 'Tiếng Việt', ne: 'नेपाली', tl: 'Filipino', pt: 'Português',
};

/** What the html element says it is written in (BCP 47); by it the browser chooses glyphs and voices. */
export const HTML_LANG: Record<Language, string> = {
  ja: 'ja', easy: 'ja', en: 'en', 'zh-Hans': 'zh-Hans', 'zh-Hant': 'zh-Hant', ko: 'ko', vi: 'vi', ne: 'ne', tl: 'fil', pt: 'pt-BR',
};

/** For Intl. Nepali counts days by the Gregorian calendar, in Devanagari digits. */
export const LOCALE: Record<Language, string> = {
  ja: 'ja-JP', easy: 'ja-JP', en: 'en-GB', 'zh-Hans': 'zh-Hans-CN', 'zh-Hant': 'zh-Hant-TW', ko: 'ko-KR', vi: 'vi-VN',
  ne: 'ne-NP', tl: 'fil-PH', pt: 'pt-BR',
};

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);
export const isWritten = (language: Language): language is Written => WRITTEN.some((one) => one === language);
/** Ours for a BCP 47 tag, as a phone or a link writes it; null: none of ours. */
export function inTag(tag: string): Language | null {
  const [first = '', ...rest] = tag.toLowerCase().split(/[-_]/);
  if (first === 'zh') return rest.some((one) => ['hant', 'tw', 'hk', 'mo'].includes(one)) ? 'zh-Hant' : 'zh-Hans';
  if (first === 'fil') return 'tl';
  return LANGUAGES.find((one) => one === first) ?? null;
}

/** What may be shown instead of a text that is not told in her language; the first where she has chosen none. */
export const FALL_BACKS: Record<Language, readonly Written[]> = {
  ja: ['ja'], easy: ['easy'], en: ['en'], 'zh-Hans': ['en', 'ja', 'easy'], 'zh-Hant': ['en', 'ja', 'easy'], ko: ['en', 'ja', 'easy'],
  vi: ['en', 'easy', 'ja'], ne: ['en', 'easy', 'ja'], tl: ['en', 'easy', 'ja'], pt: ['en', 'easy', 'ja'],
};
export const writtenOf = (language: Language, fallBack: Written): Written => (isWritten(language) ? language : fallBack);
export const isJapanese = (language: Language): boolean => language === 'ja' || language === 'easy';
