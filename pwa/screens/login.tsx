import type { Key } from '../text/speak.ts';
import { useLine, useSpeech } from './device-state.tsx';
import { Waits } from './login-elsewhere/waits.tsx';
import { PasskeyLogin } from './devices/passkey-login.tsx';
import { LoginLink } from './parts/login-link.tsx';
import { LanguageChoice } from './parts/language-choice.tsx';
import { Page } from './parts/page.tsx';
import { Failed, OfflineNote } from './parts/states.tsx';

const OFFLINE = 'door-offline';

/** The door: one button, and plainly what will happen behind it. */
export function LoginScreen({ trouble, to }: { trouble: Key | null; to: string }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  return (
    <Page title={say('appName')} lead={<p class="lead">{say('login.lead')}</p>}>
      <LanguageChoice />
      {trouble && <Failed>{say(trouble)}</Failed>}
      <Waits />
      {!reached && <OfflineNote testid={OFFLINE}>{say('login.offline')}</OfflineNote>}
      <LoginLink to={to} said={reached ? undefined : OFFLINE} />
      {reached && <PasskeyLogin to={to} />}
      <p class="note">{say('login.never')}</p>
      <ul class="links"><li><a href="/emergency">{say('emergency.link')}</a></li><li><a href="/code">{say('code.link')}</a></li><li><a href="/search">{say('search.withoutLogin')}</a></li><li><a href="/finish-login">{say('login.haveCode')}</a></li></ul>
      <section aria-labelledby="how">
        <h2 id="how">{say('login.how')}</h2>
        <ol class="steps">
          <li>{say('login.how1')}</li><li>{say('login.how2')}</li><li>{say('login.how3')}</li>
        </ol>
      </section>
      <section aria-labelledby="what">
        <h2 id="what">{say('login.what')}</h2>
        <ul class="ticks">
          <li>{say('login.what1')}</li><li>{say('login.what2')}</li><li>{say('login.what3')}</li>
        </ul>
      </section>
    </Page>
  );
}
