import type { Language } from '../data/shapes.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';

const LANGUAGES: readonly Language[] = ['ja', 'easy', 'en'];
const KEY = 'language';

const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

/** The language chosen on this device, else the browser's: Japanese, or English for everybody else. */
export function readLanguage(): Language {
  const kept = localStorage.getItem(KEY);
  if (isLanguage(kept)) return kept;
  return navigator.language.startsWith('ja') ? 'ja' : 'en';
}

export const languageWasChosen = (): boolean => isLanguage(localStorage.getItem(KEY));

/** Lets the service worker know the language of a device where none was chosen. */
export async function tellWorkerLanguage(): Promise<void> {
  await (await device()).put('device', readLanguage(), KEY);
}

/** Kept twice: at hand for the first paint, and where the service worker can read it. */
export async function keepLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  tell('device');
  await (await device()).put('device', language, KEY);
}

/** For the service worker, which has no localStorage. */
export async function languageOfWorker(): Promise<Language> {
  const kept = await (await device()).get('device', KEY);
  return isLanguage(kept) ? kept : 'ja';
}
