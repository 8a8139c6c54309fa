import { useState } from 'preact/hooks';
import { browserOf } from '../../device/browsers.ts';
import { isInstalled, mayOffer, neverOffer } from '../../device/install.ts';
import { useSpeech } from '../device-state.tsx';

/** At the one moment when it serves her: something was sent, and an answer will come. After a no it is never shown again. */
export function InstallOffer() {
  const { say } = useSpeech();
  const [shown, show] = useState(() => !isInstalled() && mayOffer() && browserOf(navigator) !== 'none');
  if (!shown) return null;
  const no = () => {
    neverOffer();
    show(false);
  };
  return (
    <aside class="box" data-testid="install-offer">
      <p>{say('install.offer')}</p>
      <a class="button" data-kind="outline" href="/install">{say('install.offerYes')}</a>
      <button type="button" class="button" data-kind="quiet" onClick={no}>{say('install.offerNo')}</button>
    </aside>
  );
}
