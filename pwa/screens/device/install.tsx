import { useEffect, useState } from 'preact/hooks';
import { browserOf, insideOf, outsideOfLine, WITH_A_WAY } from '../../device/browsers.ts';
import { hearInstallOffer, installOffer, isInstalled } from '../../device/install.ts';
import { useSpeech } from '../device-state.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Page } from '../parts/page.tsx';

type Way = (typeof WITH_A_WAY)[number];
const PHONE = 'M30 4h36v56H30z';
const [DOTS, LIST, SHARE, PLUS, ADDED] = [
  `${PHONE}M58 10v.5M58 15v.5M58 20v.5`,
  `${PHONE}M34 20h28M34 28h28M34 36h28M34 44h28M56 47h6M59 44v6`,
  `${PHONE}M42 34v12h12V34M48 40V24M43 29l5-5 5 5`,
  `${PHONE}M38 22h20v20H38zM48 27v10M43 32h10`,
  `${PHONE}M36 12h8v8h-8zM50 12h8v8h-8zM36 26h8v8h-8zM48 40l4 4 8-10`,
];
const WINDOW = 'M12 10h72v44H12zM12 20h72';
/** What she looks for at each step; line drawings in the text's own colour. */
const DRAWN: Record<Way, readonly [string, string, string]> = {
  chrome: [DOTS, LIST, ADDED],
  samsung: [`${PHONE}M54 50h8M54 53h8M54 56h8`, PLUS, ADDED],
  firefox: [DOTS, LIST, ADDED],
  ios: [SHARE, LIST, ADDED],
  iosOther: [SHARE, LIST, ADDED],
  desktop: [`${WINDOW}M70 13h8v5h-8zM74 12v4M72 14l2 2 2-2`, `${WINDOW}M34 30h28v14H34zM42 37h12`, `${WINDOW}M24 28h12v12H24zM44 38l4 4 8-10`],
  mac: [`${WINDOW}M16 15h10`, `${WINDOW}M16 22h24v20H16zM20 28h16M20 34h16`, `${WINDOW}M24 46h48v8H24zM44 38l4 4 8-10`],
};

/** How to put the app on the home screen: first as it is in this browser, then in the others. */
export function InstallScreen() {
  const { say } = useSpeech();
  const browser = browserOf(navigator);
  const [offer, setOffer] = useState(installOffer);
  useEffect(() => hearInstallOffer(() => setOffer(installOffer())), []);
  if (isInstalled()) return <Page title={say('install.title')} back="/settings"><p class="box" role="status" data-testid="install-here">{say('install.here')}</p></Page>;
  const others = WITH_A_WAY.filter((way) => way !== browser);
  return (
    <Page title={say('install.title')} back="/settings" lead={<p class="lead">{say('install.why')}</p>}>
      <LanguageChoice />
      <section aria-labelledby="this-browser" data-testid="this-browser" data-browser={browser}>
        <h2 id="this-browser">{browser === 'inApp' ? say('install.inApp', { app: insideOf(navigator.userAgent) ?? '' }) : say('install.yours', { browser: say(`install.${browser}`) })}</h2>
        {browser === 'inApp' && <Inside />}
        {browser === 'none' && <p>{say('install.noneHelp')}</p>}
        {offer && <button type="button" class="button" onClick={() => void offer.prompt()}>{say('install.now')}</button>}
        {browser !== 'inApp' && browser !== 'none' && <Steps way={browser} />}
      </section>
      <h2>{say('install.others')}</h2>
      {others.map((way) => (
        <details class="more" key={way}><summary>{say(`install.${way}`)}</summary><Steps way={way} /></details>
      ))}
    </Page>
  );
}

function Steps({ way }: { way: Way }) {
  const { say } = useSpeech();
  return (
    <ol class="install-steps">
      {DRAWN[way].map((path, at) => (
        <li key={at}>
          <svg viewBox="0 0 96 64" aria-hidden="true" focusable="false"><path d={path} /></svg>
          <span>{at + 1}. {say(`install.${way}.${(at + 1) as 1 | 2 | 3}`)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Inside another program: the way out of it, and the address to take along. */
function Inside() {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const app = insideOf(navigator.userAgent) ?? '';
  const copy = () => void navigator.clipboard.writeText(location.origin).then(() => setCopied(true), () => undefined);
  return (
    <>
      <p>{say('install.inAppWhy', { app })}</p>
      <p>{say('install.inAppMenu')}</p>
      {app === 'LINE' && <a class="button" href={outsideOfLine(location.href)} target="_blank" rel="noreferrer">{say('install.inAppOpen')}</a>}
      <button type="button" class="button" data-kind="outline" onClick={copy}>{say('install.copy')}</button>
      <p role="status">{copied && say('install.copied')} <span class="digest">{location.origin}</span></p>
    </>
  );
}
