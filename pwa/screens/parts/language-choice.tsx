import { useState } from 'preact/hooks';
import { chooseLanguage } from '../../data/live.ts';
import { wantsFurigana } from '../../device/language.ts';
import { keepFallBack, keepFurigana } from '../../device/language-keeping.ts';
import { FALL_BACKS, HTML_LANG, isWritten, LANGUAGES, NAME, type Language } from '../../text/languages.ts';
import { dressIn, learnFor } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

type ButtonsProps = { languages: readonly Language[]; pressed: Language | null; choose: (language: Language) => void; label: string };

/** Each language by its own name. */
export function Buttons({ languages, pressed, choose, label }: ButtonsProps) {
  return (
    <div class="languages" role="group" aria-label={label}>
      {languages.map((id) => (
        <button key={id} type="button" lang={HTML_LANG[id]} aria-pressed={pressed === null ? undefined : id === pressed} onClick={() => choose(id)}>
          {NAME[id]}
        </button>
      ))}
    </div>
  );
}

/** Those that lie on this device work without a network; another is fetched first, so that nothing is ever half said. */
export function LanguageChoice() {
  const { language, say } = useSpeech();
  const { snapshot } = useDevice();
  const [outOfReach, tell] = useState<Language | null>(null);
  const choose = (one: Language) => {
    tell(null);
    learnFor('all', one).then(() => chooseLanguage(one, snapshot.viewer !== null), () => tell(one));
  };
  return (
    <>
      <Buttons languages={LANGUAGES} pressed={language} choose={choose} label={say('language')} />
      <OutOfReach language={outOfReach} />
      {language === 'easy' && <Furigana />}
    </>
  );
}

export function OutOfReach({ language }: { language: Language | null }) {
  const { say } = useSpeech();
  return <div role="status">{language && <p class="note">{say('language.outOfReach', { name: NAME[language] })}</p>}</div>;
}

/** Readings above kanji, as children's books have them. */
function Furigana() {
  const { say } = useSpeech();
  const [outOfReach, tell] = useState(false);
  const change = (wanted: boolean) => {
    tell(false);
    keepFurigana(wanted).then(() => dressIn(wanted ? 'readings' : null)).catch(() => {
      tell(true);
      void keepFurigana(false);
    });
  };
  return (
    <>
      <label class="choice">
        <input type="checkbox" checked={wantsFurigana()} onChange={({ currentTarget }) => change(currentTarget.checked)} />
        {say('words.furigana')}
      </label>
      <div role="status">{outOfReach && <p class="note">{say('language.outOfReach', { name: say('words.furigana') })}</p>}</div>
    </>
  );
}

/** What she reads where a text is not told in her language; nothing to choose for who reads one of the three. */
export function FallBackChoice() {
  const { language, say } = useSpeech();
  const { fallBack } = useDevice();
  if (isWritten(language)) return null;
  return (
    <>
      <p>{say('words.fallBack')}</p>
      <Buttons languages={FALL_BACKS[language]} pressed={fallBack} choose={(one) => isWritten(one) && keepFallBack(one)} label={say('words.fallBack')} />
    </>
  );
}
