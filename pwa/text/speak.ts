import type { Language, Text } from '../data/shapes.ts';
import type { Key, Texts } from './easy.ts';

export type { Key } from './easy.ts';
const FILES: Record<Language, () => Promise<Texts>> = {
  easy: async () => (await import('./easy.ts')).easy,
  ja: async () => (await import('./ja.ts')).ja,
  en: async () => (await import('./en.ts')).en,
};
const loaded: Partial<Record<Language, Texts>> = {};

/** Brings a language's texts in; they lie in the shell's cache, so this works without a network. */
export async function learn(language: Language): Promise<void> {
  loaded[language] ??= await FILES[language]();
}

/** What the html element says it is written in (BCP 47). */
export const HTML_LANG: Record<Language, string> = { ja: 'ja', easy: 'ja', en: 'en' };

export type Filling = Record<string, string | number>;

/** One of our own texts, its {…} filled in. The language must have been learnt. */
export const sayIn = (language: Language, key: Key, filling: Filling = {}): string =>
  (loaded[language]?.[key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole));

/** A text the server sent in the three languages. */
export const pick = (language: Language, text: Text): string => text[language];
