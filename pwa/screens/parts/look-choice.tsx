import { useState } from 'preact/hooks';
import { keepLook, readLook, SIZES, THEMES, type Look } from '../../device/look.ts';
import { useSpeech } from '../device-state.tsx';

/** How the app looks on this device: its colours and how large its words are. At once, and without a network. */
export function LookChoice() {
  const { say } = useSpeech();
  const [look, setLook] = useState(readLook);
  const choose = (chosen: Partial<Look>) => {
    const next = { ...look, ...chosen };
    keepLook(next);
    setLook(next);
  };
  return (
    <>
      <h3 id="look-theme">{say('look.theme')}</h3>
      <div class="languages look-choices" role="group" aria-labelledby="look-theme">
        {THEMES.map((theme) => (
          <button key={theme} type="button" aria-pressed={theme === look.theme} onClick={() => choose({ theme })}>{say(`look.theme.${theme}`)}</button>
        ))}
      </div>
      <h3 id="look-size">{say('look.size')}</h3>
      <div class="languages look-choices" role="group" aria-labelledby="look-size">
        {SIZES.map((size) => (
          <button key={size} type="button" aria-pressed={size === look.size} onClick={() => choose({ size })}>{say(`look.size.${size}`)}</button>
        ))}
      </div>
      <p class="note">{say('look.kept')}</p>
    </>
  );
}
