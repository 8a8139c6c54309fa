import { useState } from 'preact/hooks';
import { chooseLanguage } from '../../data/live.ts';
import { isVisiting, offered, readOwnLanguage } from '../../device/language.ts';
import { endVisit, keepLanguage } from '../../device/language-keeping.ts';
import { NAME, type Language } from '../../text/languages.ts';
import { learn } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Buttons, OutOfReach } from './language-choice.tsx';

/** At the first visit, asked once: in which of the phone's languages she reads. After a link that chose one: whether it stays. */
export function LanguageOffer() {
  const { language, say } = useSpeech();
  const { snapshot } = useDevice();
  const [outOfReach, tell] = useState<Language | null>(null);
  const keep = (one: Language) => (snapshot.viewer === null ? keepLanguage(one) : chooseLanguage(one, true));
  const choose = (one: Language) => {
    tell(null);
    learn(one).then(() => keep(one)).catch(() => tell(one));
  };
  if (isVisiting()) {
    const own = readOwnLanguage();
    if (own === language) return null;
    return (
      <section class="strip of-languages" aria-label={say('language')} data-testid="visiting">
        <p>{say('words.shownIn', { language: NAME[language] })}</p>
        <div class="languages">
          <button type="button" onClick={() => choose(language)}>{say('words.keep', { language: NAME[language] })}</button>
          <button type="button" onClick={endVisit}>{say('words.goBack', { language: NAME[own] })}</button>
        </div>
      </section>
    );
  }
  const languages = offered();
  if (languages.length < 2) return null;
  return (
    <section class="strip of-languages" aria-label={say('words.offer')} data-testid="language-offer">
      <p><strong>{say('words.offer')}</strong></p>
      <Buttons languages={languages} pressed={null} choose={choose} label={say('words.offer')} />
      <OutOfReach language={outOfReach} />
      <p class="note">{say('words.offerLater')}</p>
    </section>
  );
}
