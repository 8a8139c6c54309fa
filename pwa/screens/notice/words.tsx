import { useEffect, useRef, useState } from 'preact/hooks';
import { canReadAloud, readAloud } from '../../data/mail/aloud.ts';
import type { Notice } from '../../data/shapes.ts';
import { HTML_LANG, isWritten, NAME, WRITTEN, type Language } from '../../text/languages.ts';
import { inLanguage, isTold } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';

type WordsProps = { notice: Notice; language: Language; read: (language: Language) => void };

/** What it says, in the language she chooses here, with the original beside it, and by a voice. */
export function Words({ notice, language, read }: WordsProps) {
  const { say, language: hers } = useSpeech();
  const [beside, showBeside] = useState(false);
  const { title, body } = notice;
  const [said, headed] = [inLanguage(language, body), inLanguage(language, title)];
  const isTranslated = said !== body.ja || headed !== title.ja;
  const languages = isTold(hers, body) && !isWritten(hers) ? [hers, ...WRITTEN] : WRITTEN;
  return (
    <section class="notice-words" aria-label={say('kind.INFORMATION')}>
      <div class="languages not-printed" role="group" aria-label={say('mail.language')}>
        {languages.map((one) => (
          <button key={one} type="button" lang={HTML_LANG[one]} aria-pressed={language === one} onClick={() => read(one)}>{isWritten(one) ? say(`mail.language.${one}`) : NAME[one]}</button>
        ))}
      </div>
      {language !== 'ja' && !isTranslated && <p class="note">{say('mail.sameText')}</p>}
      <div class="beside" data-two={beside && isTranslated ? '' : undefined}>
        <Text title={headed} body={said} lang={isTranslated ? HTML_LANG[language] : 'ja'} isShown={headed !== inLanguage(hers, title)} />
        {beside && isTranslated && (
          <div class="original"><p class="note">{say('mail.originalTitle')}</p><Text title={title.ja} body={body.ja} lang="ja" isShown /></div>
        )}
      </div>
      <div class="file-acts not-printed">
        <Aloud text={`${headed}。${said}`} language={isTranslated ? language : 'ja'} />
        {language !== 'ja' && isTranslated && (
          <button type="button" class="button" data-kind="quiet" aria-pressed={beside} onClick={() => showBeside(!beside)}>{say('mail.original')}</button>
        )}
      </div>
    </section>
  );
}

function Text({ title, body, lang, isShown }: { title: string; body: string; lang: string; isShown: boolean }) {
  return (
    <div lang={lang}>
      {isShown && <p class="letter-title"><strong>{title}</strong></p>}
      <div class="letter">{body}</div>
    </div>
  );
}

/** Falls away where the phone has no voice at all; stops when she leaves or chooses another language. */
function Aloud({ text, language }: { text: string; language: Language }) {
  const { say } = useSpeech();
  const stop = useRef<(() => void) | null>(null);
  const [reads, setReads] = useState(false);
  useEffect(() => () => stop.current?.(), [text, language]);
  if (!canReadAloud()) return null;
  const press = () => {
    if (stop.current) return stop.current();
    setReads(true);
    stop.current = readAloud(text, language, () => {
      stop.current = null;
      setReads(false);
    });
  };
  return <button type="button" class="button" data-kind="outline" aria-pressed={reads} onClick={press}>{say(reads ? 'mail.aloudStop' : 'mail.aloud')}</button>;
}
