/// <reference path="./parts.d.ts" />
import type { Text } from '../data/shapes.ts';
import type { Key, Texts } from './all/easy.ts';
import { isJapanese, isWritten, type Language, type Written } from './languages.ts';
import { borrowed, marked } from './readings.ts';

export type { Key } from './all/easy.ts';

type Part = 'first' | 'door' | 'rest';
type Brought = Promise<{ texts: Partial<Texts> }>;
/** The build puts into `first` what home and the frame may say, into `door` what only the door does, and into `rest` all else (build/texts.ts). */
const FILES: Record<Language, Record<Part, () => Brought>> = {
  easy: { first: () => import('./all/easy.ts?first'), door: () => import('./all/easy.ts?door'), rest: () => import('./all/easy.ts?rest') },
  ja: { first: () => import('./all/ja.ts?first'), door: () => import('./all/ja.ts?door'), rest: () => import('./all/ja.ts?rest') },
  en: { first: () => import('./all/en.ts?first'), door: () => import('./all/en.ts?door'), rest: () => import('./all/en.ts?rest') },
  'zh-Hans': { first: () => import('./all/zh-Hans.ts?first'), door: () => import('./all/zh-Hans.ts?door'), rest: () => import('./all/zh-Hans.ts?rest') },
  'zh-Hant': { first: () => import('./all/zh-Hant.ts?first'), door: () => import('./all/zh-Hant.ts?door'), rest: () => import('./all/zh-Hant.ts?rest') },
  ko: { first: () => import('./all/ko.ts?first'), door: () => import('./all/ko.ts?door'), rest: () => import('./all/ko.ts?rest') },
  vi: { first: () => import('./all/vi.ts?first'), door: () => import('./all/vi.ts?door'), rest: () => import('./all/vi.ts?rest') },
  ne: { first: () => import('./all/ne.ts?first'), door: () => import('./all/ne.ts?door'), rest: () => import('./all/ne.ts?rest') },
  tl: { first: () => import('./all/tl.ts?first'), door: () => import('./all/tl.ts?door'), rest: () => import('./all/tl.ts?rest') },
  pt: { first: () => import('./all/pt.ts?first'), door: () => import('./all/pt.ts?door'), rest: () => import('./all/pt.ts?rest') },
};
const learnt: Partial<Record<Language, Partial<Texts>>> = {};
const known = new Set<string>();
/** What rooms beside home have wanted so far: from then on each language is learnt as far. */
let wanted: Extent | null = null;

/** How much of a language a room needs: `door` its own texts beside the first, `all` every text there is. */
export type Extent = 'door' | 'all';
const NEEDS: Record<Extent, readonly Part[]> = { door: ['first', 'door'], all: ['first', 'door', 'rest'] };

/** Brings in a language's texts, as far as a screen here may say them; they lie in the shell's cache, so this works
 * without a network. Rejects when they lie nowhere within reach. */
export const learn = (language: Language): Promise<void> => (wanted === null ? bring(language, 'first') : learnFor(wanted, language));

/** Brings in what a room beside the first needs before it is shown. */
export async function learnFor(extent: Extent, language: Language): Promise<void> {
  if (wanted !== 'all') wanted = extent;
  await Promise.all(NEEDS[extent].map((part) => bring(language, part)));
}

export const isLearnt = (extent: Extent, language: Language): boolean =>
  NEEDS[extent].every((part) => known.has(`${language} ${part}`));

async function bring(language: Language, part: Part): Promise<void> {
  if (known.has(`${language} ${part}`)) return;
  const { texts } = await FILES[language][part]();
  learnt[language] = { ...learnt[language], ...texts };
  known.add(`${language} ${part}`);
}

/** How her Japanese is written besides: `readings` above kanji in やさしい日本語, `phrases` where a browser finds none itself. */
export type Dress = 'readings' | 'phrases' | null;
type Dressed = { texts: Partial<Texts>; catalogue: Map<string, string> };
let dressed: Dressed | null = null;
let worn: Dress = null;

/** Brings in the readings or phrases, or takes them off. What lies nowhere within reach is missed, and no text for it. */
export async function dressIn(dress: Dress): Promise<void> {
  if (dress === worn) return;
  [dressed, worn] = [null, null];
  if (dress === null) return;
  const made = dress === 'readings' ? await import('./all/easy.ts?readings') : await import('./all/ja.ts?phrases');
  const own = Object.entries(made.texts).map(([key, text]) => [key, marked(text)]);
  const catalogue = 'catalogue' in made ? Object.entries(made.catalogue ?? {}) : [];
  dressed = { texts: Object.fromEntries(own) as Partial<Texts>, catalogue: new Map(catalogue) };
  worn = dress;
}

export { HTML_LANG } from './languages.ts';

export type Filling = Record<string, string | number>;

/** One of our own texts, its {…} filled in. The language must have been learnt. */
export const sayIn = (language: Language, key: Key, filling: Filling = {}): string =>
  ((isJapanese(language) ? dressed?.texts[key] : null) ?? learnt[language]?.[key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole));

export { plain, spoken } from './readings.ts';

/** Whether she gets this text in her own language. */
export const isTold = (language: Language, text: Text): boolean => isWritten(language) || Boolean(text[KEY_OF[language]]);

const KEY_OF = { 'zh-Hans': 'zhHans', 'zh-Hant': 'zhHant', ko: 'ko', vi: 'vi', ne: 'ne', tl: 'tl', pt: 'pt' } as const;

/** As it is told in this very language; in English where it is not. */
export const inLanguage = (language: Language, text: Text): string => (isWritten(language) ? text[language] : text[KEY_OF[language]] ?? text.en);

/** A text the server sent, in her language; where it is not told in hers, in the one she falls back to. */
export function pick(language: Language, text: Text, fallBack: Written = 'en'): string {
  if (language === 'easy' && dressed) return marked(text.easyRead ?? dressed.catalogue.get(text.easy) ?? text.easy);
  if (isWritten(language)) return text[language];
  return text[KEY_OF[language]] ?? borrowed(text[fallBack]);
}
