import { FALL_BACKS, inTag, isLanguage, type Language, type Written } from '../text/languages.ts';
import { worthAsking } from './language-rule.ts';

export const KEY = 'language';
/** What her account reads because she chose it elsewhere; goes with her. */
export const ACCOUNT = 'language-of-account';
export const FALL_BACK = 'fall-back';
export const FURIGANA = 'furigana';

/** A link may ask for a language (`?lang=vi`): for this visit only, unless she says that it stays. */
let visiting = typeof location === 'undefined' ? null : inTag(new URLSearchParams(location.search).get('lang') ?? '');

const under = (key: string): Language | null => {
  const value = localStorage.getItem(key);
  return isLanguage(value) ? value : null;
};
/** The one she pressed on this device. */
export const kept = (): Language | null => under(KEY);

/** The language of this visit, else the one chosen on this device, else the one chosen in her account, else the phone's. */
export const readLanguage = (): Language => visiting ?? readOwnLanguage();

/** As without what a link asked for. */
export const readOwnLanguage = (): Language => kept() ?? under(ACCOUNT) ?? ofPhone()[0] ?? 'en';

export const isVisiting = (): boolean => visiting !== null && visiting !== kept();

/** Back to her own language, after a link that asked for another; whoever looks is told by the caller. */
export const leaveVisit = (): void => void (visiting = null);

/** Those of our languages that the phone's owner reads, the best first. */
function ofPhone(): Language[] {
  const tags = navigator.languages.length > 0 ? navigator.languages : [navigator.language];
  return [...new Set(tags.map(inTag).filter((one) => one !== null))];
}

/** What is asked once, of who has not chosen on this device. */
export const offered = (): Language[] => (kept() === null ? worthAsking(ofPhone(), under(ACCOUNT)) : []);

/** Is there anything to ask: at the first visit, or after a link that chose? */
export const asksLanguage = (): boolean => (isVisiting() ? readOwnLanguage() !== visiting : offered().length > 1);

/** What she reads where a text is not there in her language. */
export function readFallBack(language: Language): Written {
  const chosen = localStorage.getItem(FALL_BACK);
  return FALL_BACKS[language].find((one) => one === chosen) ?? FALL_BACKS[language][0] ?? 'en';
}

/** How her Japanese is written besides: with readings above kanji, or divided into phrases where the browser finds none. */
export const dressOf = (language: Language): 'readings' | 'phrases' | null =>
  (language === 'easy' && wantsFurigana() ? 'readings' : language === 'ja' && !CSS.supports('word-break', 'auto-phrase') ? 'phrases' : null);

export const wantsFurigana = (): boolean => localStorage.getItem(FURIGANA) === 'on';
