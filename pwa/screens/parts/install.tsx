import { useEffect, useState } from 'preact/hooks';
import { hearInstallOffer, installOffer, isInstalled } from '../../device/install.ts';
import { useSpeech } from '../device-state.tsx';

/** How to put the app on the home screen: the browser's own offer where there is one, else the way there. */
export function Install() {
  const { say } = useSpeech();
  const [offer, setOffer] = useState(installOffer);
  useEffect(() => hearInstallOffer(() => setOffer(installOffer())), []);
  if (isInstalled()) return <p>{say('settings.install.done')}</p>;
  return (
    <>
      {offer && <button type="button" class="button" data-kind="outline" onClick={() => void offer.prompt()}>{say('settings.install.button')}</button>}
      <ul class="links"><li><a href="/install">{say('install.offerYes')}</a></li></ul>
    </>
  );
}
