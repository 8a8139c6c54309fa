import { useState } from 'preact/hooks';
import { logout } from '../data/logout.ts';
import { isCounted } from '../device/outbox-held.ts';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { Telling } from './inbox/telling.tsx';
import { focused } from './parts/focused.ts';
import { Install } from './parts/install.tsx';
import { FallBackChoice, LanguageChoice } from './parts/language-choice.tsx';
import { LookChoice } from './parts/look-choice.tsx';
import { Notifications } from './parts/notifications.tsx';
import { Page } from './parts/page.tsx';

export function SettingsScreen() {
  const { say } = useSpeech();
  const { service } = useDevice().snapshot;
  return (
    <Page title={say('settings.title')}>
      <section aria-labelledby="language"><h2 id="language">{say('language')}</h2><LanguageChoice /><FallBackChoice /></section>
      <section aria-labelledby="look"><h2 id="look">{say('look.title')}</h2><LookChoice /></section>
      <section aria-labelledby="notifications">
        <h2 id="notifications">{say('settings.notifications')}</h2><Notifications />
      </section>
      <section aria-labelledby="telling"><h2 id="telling">{say('tell.title')}</h2><Telling /></section>
      <section aria-labelledby="install"><h2 id="install">{say('settings.install')}</h2><Install /></section>
      <section aria-labelledby="account">
        <h2 id="account">{say('settings.account')}</h2>
        <ul class="links">
          <li><a href="/devices">{say('devices.link')}</a></li>
          <li><a href="/storage">{say('storage.title')}</a></li>
          <li><a href="/emergency">{say('emergency.link')}</a></li>
          <li><a href="/scan">{say('scan.title')}</a></li>
        </ul>
      </section>
      <section aria-labelledby="privacy">
        <h2 id="privacy">{say('settings.privacy')}</h2>
        <ul class="links">
          <li><a href="/account">{say('account.link')}</a></li>
          <li><a href="/consents">{say('consents.link')}</a></li>
          <li><a href="/school">{say('school.title')}</a></li>
          <li><a href="/family">{say('family.link')}</a></li>
          <li><a href="/addresses">{say('reach.title')}</a></li>
          <li><a href="/partners">{say('partners.title')}</a></li>
          <li><a href="/calendars">{say('calendars.title')}</a></li>
          <li><a href="/links">{say('links.settings')}</a></li>
          <li><a href="/records">{say('records.link')}</a></li>
          <li><a href="/readings">{say('settings.readings')}</a></li>
          <li><a href="/help-offline">{say('offline.help')}</a></li>
        </ul>
      </section>
      <section aria-labelledby="logout"><h2 id="logout">{say('settings.logout')}</h2><Logout /></section>
      {service && <p class="note">{say('settings.version', { version: service.value.version })}</p>}
    </Page>
  );
}

/** Says what will be lost, asks once, then forgets. */
function Logout() {
  const { drafts, outbox } = useDevice();
  const { say } = useSpeech();
  const { reached } = useLine();
  const [asked, setAsked] = useState(false);
  const [leaving, setLeaving] = useState(false);
  if (!asked) {
    return <button type="button" class="button" data-kind="outline" onClick={() => setAsked(true)}>{say('settings.logout')}</button>;
  }
  const leave = () => {
    setLeaving(true);
    logout().catch((cause: unknown) => {
      setLeaving(false);
      reportError(cause);
    });
  };
  return (
    <div class="alert" role="alertdialog" aria-labelledby="sure" aria-describedby="erases">
      <p id="sure"><strong>{say('settings.logout.sure')}</strong></p>
      <p id="erases">{say('settings.logout.erases')}</p>
      <p>{say('settings.logout.counts', { drafts: drafts.length, unsent: outbox.filter(isCounted).length })}</p>
      {!reached && <p>{say('settings.logout.offline')}</p>}
      <button type="button" class="button" data-kind="danger-solid" disabled={leaving} onClick={leave}>{say('settings.logout.button')}</button>
      <button type="button" class="button" data-kind="outline" ref={focused} onClick={() => setAsked(false)}>{say('cancel')}</button>
    </div>
  );
}
