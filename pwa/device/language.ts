import { FALL_BACKS, inTag, isLanguage, type Language, type Written } from '../text/languages.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { worthAsking } from './language-rule.ts';

const KEY = 'language';
/** What her account reads because she chose it elsewhere; goes with her. */
const ACCOUNT = 'language-of-account';
/** She chose here, and her account has not heard of it yet. */
const UNHEARD = 'language-unheard';
const FALL_BACK = 'fall-back';
const FURIGANA = 'furigana';

/** A link may ask for a language (`?lang=vi`): for this visit only, unless she says that it stays. */
let visiting = typeof location === 'undefined' ? null : inTag(new URLSearchParams(location.search).get('lang') ?? '');

const under = (key: string): Language | null => {
  const value = localStorage.getItem(key);
  return isLanguage(value) ? value : null;
};
const kept = (): Language | null => under(KEY);

/** The language of this visit, else the one chosen on this device, else the one chosen in her account, else the phone's. */
export const readLanguage = (): Language => visiting ?? readOwnLanguage();

/** As without what a link asked for. */
export const readOwnLanguage = (): Language => kept() ?? under(ACCOUNT) ?? ofPhone()[0] ?? 'en';

export const languageIsUnheard = (): boolean => localStorage.getItem(UNHEARD) !== null;
export const isVisiting = (): boolean => visiting !== null && visiting !== kept();

/** Back to her own language, after a link that asked for another. */
export function endVisit(): void {
  visiting = null;
  tell('device');
}

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

export function keepFallBack(fallBack: Written): void {
  localStorage.setItem(FALL_BACK, fallBack);
  tell('device');
}

/** How her Japanese is written besides: with readings above kanji, or divided into phrases where the browser finds none. */
export const dressOf = (language: Language): 'readings' | 'phrases' | null =>
  (language === 'easy' && wantsFurigana() ? 'readings' : language === 'ja' && !CSS.supports('word-break', 'auto-phrase') ? 'phrases' : null);

export const wantsFurigana = (): boolean => localStorage.getItem(FURIGANA) === 'on';

export async function keepFurigana(wanted: boolean): Promise<void> {
  localStorage.setItem(FURIGANA, wanted ? 'on' : 'off');
  tell('device');
  await (await device()).put('device', wanted, FURIGANA);
}

/** Lets the service worker know the language, also of a device where none was chosen. */
export async function tellWorkerLanguage(): Promise<void> {
  keepTextsHere(readOwnLanguage());
  await (await device()).put('device', readOwnLanguage(), KEY);
}

/** She has pressed it here. Kept twice: at hand for the first paint, and where the service worker can read it. */
export async function keepLanguage(language: Language): Promise<void> {
  visiting = null;
  localStorage.setItem(KEY, language);
  localStorage.setItem(UNHEARD, 'yes');
  tell('device');
  await tellWorkerLanguage();
}

/** Her account reads this by her own choice; null: she has chosen nothing there. What was chosen on this device before
 * gives way. */
export async function followAccount(language: Language | null): Promise<void> {
  if (language === null) localStorage.removeItem(ACCOUNT);
  else localStorage.setItem(ACCOUNT, language);
  if (language !== null && kept() !== null) localStorage.setItem(KEY, language);
  tell('device');
  await tellWorkerLanguage();
}

export const languageIsHeard = (): void => globalThis.localStorage?.removeItem(UNHEARD);

/** Of who was here; the device goes on in the language it was left in. */
export function forgetAccountLanguage(): void {
  globalThis.localStorage?.removeItem(ACCOUNT);
  languageIsHeard();
}

/** What the page fetched before the worker had come, as at a first visit, does not lie with the shell: the worker fetches
 * it anew once it is there. */
function keepTextsHere(language: Language): void {
  void globalThis.navigator?.serviceWorker?.ready.then(({ active }) => active?.postMessage({ kind: 'keep language', language, dress: dressOf(language) }));
}

/** For the service worker, which has no localStorage. */
export async function languageOfWorker(): Promise<Language> {
  const value = await (await device()).get('device', KEY);
  return isLanguage(value) ? value : 'ja';
}

/** What the house is told of her reading: in which language, and whether with readings above kanji. */
export async function languageAsked(): Promise<string> {
  const isPage = typeof localStorage !== 'undefined';
  const language = isPage ? readLanguage() : await languageOfWorker();
  const reads = isPage ? wantsFurigana() : (await (await device()).get('device', FURIGANA)) === true;
  return language === 'easy' && reads ? 'easy-furigana' : language;
}
