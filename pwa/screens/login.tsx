import { leaveForLogin } from '../data/arrival.ts';
import type { Key } from '../text/speak.ts';
import { useLine, useSpeech } from './device-state.tsx';
import { inWords } from './login-elsewhere/troubles.ts';
import { Waits } from './login-elsewhere/waits.tsx';
import { PasskeyLogin } from './devices/passkey-login.tsx';
import { LanguageChoice } from './parts/language-choice.tsx';
import { Page } from './parts/page.tsx';

type LoginLinkProps = { to: string; plain?: boolean; label?: Key };

/** The way to the identity provider and back to `to`. */
export function LoginLink({ to, plain = false, label = 'login.button' }: LoginLinkProps) {
  const { say } = useSpeech();
  return (
    <a class={plain ? undefined : 'button'} href={`/login/start?to=${encodeURIComponent(to)}`} onClick={leaveForLogin}>
      {say(label)}
    </a>
  );
}

/** What went wrong at the sign-in, from the address; null: nothing did. */
export function troubleOf(query: URLSearchParams): Key | null {
  const value = query.get('login');
  return value === null ? null : inWords(value);
}

/** The door: one button, and plainly what will happen behind it. */
export function LoginScreen({ trouble, to }: { trouble: Key | null; to: string }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  return (
    <Page title={say('appName')} lead={<p class="lead">{say('login.lead')}</p>}>
      <LanguageChoice />
      {trouble && <p class="alert" role="alert">{say(trouble)}</p>}
      <Waits />
      {!reached && <p class="alert" role="status">{say('login.offline')}</p>}
      <LoginLink to={to} />
      {reached && <PasskeyLogin to={to} />}
      <p class="note">{say('login.never')}</p>
      <ul class="links"><li><a href="/code">{say('code.link')}</a></li><li><a href="/search">{say('search.withoutLogin')}</a></li><li><a href="/finish-login">{say('login.haveCode')}</a></li></ul>
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
