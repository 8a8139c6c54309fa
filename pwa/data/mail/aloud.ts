import { LOCALE, type Language } from '../../text/languages.ts';

/** Reading aloud by the phone's own voices, which need no network where the phone has them. */

const LONGEST = 160;

export const canReadAloud = (): boolean => 'speechSynthesis' in globalThis && 'SpeechSynthesisUtterance' in globalThis;

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'default'>;

/** One that speaks this language, on the phone itself if there is such a one; null: the phone has none. */
export function voiceFor<V extends Voice>(voices: readonly V[], language: Language): V | null {
  const wanted = LOCALE[language];
  const fits = voices.filter(({ lang }) => lang.replace('_', '-').startsWith(wanted.slice(0, 2)));
  const rank = (voice: V): number =>
    (voice.localService ? 4 : 0) + (voice.lang.replace('_', '-') === wanted ? 2 : 0) + (voice.default ? 1 : 0);
  return [...fits].sort((one, other) => rank(other) - rank(one))[0] ?? null;
}

/** Short enough that no browser stops in the middle of one (Chromium does after some 15 seconds). */
export function partsToRead(text: string): string[] {
  const parts: string[] = [];
  for (const sentence of text.match(/[^。！？.!?।\n]+[。！？.!?।]*/g) ?? []) {
    const said = sentence.trim();
    const last = parts.at(-1);
    if (said === '') continue;
    if (last !== undefined && last.length + said.length < LONGEST) parts[parts.length - 1] = `${last} ${said}`;
    else parts.push(said);
  }
  return parts;
}

/** Begins; `ended` is called once, when all is read or was stopped. Hands back what stops it. */
export function readAloud(text: string, language: Language, ended: () => void): () => void {
  const parts = partsToRead(text);
  const voice = voiceFor(speechSynthesis.getVoices(), language);
  let left = parts.length;
  speechSynthesis.cancel();
  const done = () => {
    if (left > 0 && --left === 0) ended();
  };
  for (const part of parts) {
    const said = new SpeechSynthesisUtterance(part);
    said.lang = LOCALE[language];
    if (voice) said.voice = voice;
    said.onend = done;
    said.onerror = done;
    speechSynthesis.speak(said);
  }
  if (parts.length === 0) ended();
  return () => {
    left = 0;
    speechSynthesis.cancel();
    ended();
  };
}
