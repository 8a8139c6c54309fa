import type { Language } from '../../data/shapes.ts';
import { chooseLanguage } from '../../data/wishes.ts';
import { HTML_LANG } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

const NAMES: readonly (readonly [Language, string])[] = [['ja', '日本語'], ['easy', 'やさしい日本語'], ['en', 'English']];

/** The three languages, each by its own name. Works at once and without a network. */
export function LanguageChoice() {
  const { language, say } = useSpeech();
  const { snapshot } = useDevice();
  return (
    <div class="languages" role="group" aria-label={say('language')}>
      {NAMES.map(([id, name]) => (
        <button
          key={id} type="button" lang={HTML_LANG[id]} aria-pressed={id === language}
          onClick={() => void chooseLanguage(id, snapshot.viewer !== null)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
