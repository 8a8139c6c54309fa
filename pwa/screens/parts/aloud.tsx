import { useEffect, useRef, useState } from 'preact/hooks';
import { canReadAloud, partsToRead, voiceFor } from '../../data/mail/aloud.ts';
import { HTML_LANG, LANGUAGES, LOCALE, NAME, type Language } from '../../text/languages.ts';
import { useSpeech } from '../device-state.tsx';

type Reading = 'silent' | 'reads' | 'rests' | 'no voice';
const READ = 'h1, h2, h3, p, li, dt, dd, summary';
const UNREAD = '.back, .aloud, .languages, nav, form, [hidden], [aria-hidden="true"]';

/** Reads the page from its heading on, with the phone's own voices; the paragraph it is at is marked. */
export function ReadPage() {
  const { say, language } = useSpeech();
  const [reading, setReading] = useState<Reading>('silent');
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), [language]);
  if (!canReadAloud()) return null;
  const begin = () => {
    if (voiceFor(speechSynthesis.getVoices(), language) === null) return setReading('no voice');
    setReading('reads');
    stop.current = readBlocks(blocks(), language, () => {
      stop.current = null;
      setReading('silent');
    });
  };
  const rest = (rests: boolean) => {
    if (rests) speechSynthesis.pause();
    else speechSynthesis.resume();
    setReading(rests ? 'rests' : 'reads');
  };
  const is = reading === 'reads' || reading === 'rests';
  return (
    <div class="file-acts aloud">
      <button type="button" class="button" data-kind="outline" onClick={() => (is ? stop.current?.() : begin())}>{say(is ? 'mail.aloudStop' : 'mail.aloud')}</button>
      {is && <button type="button" class="button" data-kind="quiet" onClick={() => rest(reading === 'reads')}>{say(reading === 'reads' ? 'aloud.pause' : 'aloud.goOn')}</button>}
      {reading === 'no voice' && <p role="status">{say('aloud.noVoice', { language: NAME[language] })}</p>}
    </div>
  );
}

/** The paragraphs of the page in order; one that holds others is read by them. */
function blocks(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>('#main :is(' + READ + ')')];
  return all.filter((one) => !one.closest(UNREAD) && !all.some((other) => other !== one && one.contains(other)) && said(one) !== '');
}

/** What is written above kanji is said in their place. */
function said(block: HTMLElement): string {
  const copy = block.cloneNode(true) as HTMLElement;
  copy.querySelectorAll('ruby').forEach((ruby) => ruby.replaceWith(ruby.querySelector('rt')?.textContent ?? ''));
  return (copy.textContent ?? '').trim();
}

function readBlocks(all: HTMLElement[], own: Language, ended: () => void): () => void {
  let at = -1;
  let isOver = false;
  const mark = (place: number) => {
    all.forEach((one, index) => one.toggleAttribute('data-read', index === place));
  };
  const finish = () => {
    if (isOver) return;
    isOver = true;
    mark(-1);
    speechSynthesis.cancel();
    ended();
  };
  const next = () => {
    const block = all[++at];
    if (isOver || !block) return finish();
    mark(at);
    const tag = block.closest<HTMLElement>('[lang]')?.lang ?? HTML_LANG[own];
    const language = tag === HTML_LANG[own] ? own : LANGUAGES.find((one) => HTML_LANG[one] === tag) ?? own;
    const parts = partsToRead(said(block));
    parts.forEach((part, place) => speak(part, language, place === parts.length - 1 ? next : null));
    if (parts.length === 0) next();
  };
  speechSynthesis.cancel();
  next();
  return finish;
}

function speak(text: string, language: Language, then: (() => void) | null): void {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = LOCALE[language];
  const voice = voiceFor(speechSynthesis.getVoices(), language);
  if (voice) utterance.voice = voice;
  if (then) {
    utterance.onend = then;
    utterance.onerror = then;
  }
  speechSynthesis.speak(utterance);
}
