import { isLanguage, type Language, type Written } from '../text/languages.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { ACCOUNT, dressOf, FALL_BACK, FURIGANA, KEY, kept, leaveVisit, readLanguage, readOwnLanguage, wantsFurigana } from './language.ts';

/** What is kept of her language, and who else is told of it; reading it is `language.ts`, which the first paint needs. */

/** She chose here, and her account has not heard of it yet. */
const UNHEARD = 'language-unheard';

export const languageIsUnheard = (): boolean => localStorage.getItem(UNHEARD) !== null;

/** Back to her own language, after a link that asked for another. */
export function endVisit(): void {
  leaveVisit();
  tell('device');
}

export function keepFallBack(fallBack: Written): void {
  localStorage.setItem(FALL_BACK, fallBack);
  tell('device');
}

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
  leaveVisit();
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
