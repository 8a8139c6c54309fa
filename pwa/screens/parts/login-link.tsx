import { useState } from 'preact/hooks';
import { leaveForLogin } from '../../data/arrival.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { inWords } from '../login-elsewhere/troubles.ts';

type LoginLinkProps = {
  to: string; plain?: boolean; label?: Key;
  /** Where the screen says already that there is no network: its sentence takes the focus instead of being said twice. */
  said?: string | undefined;
};

/** The way to the identity provider and back to `to`. With no network she stays: the browser's own page knows no way back. */
export function LoginLink({ to, plain = false, label = 'login.button', said }: LoginLinkProps) {
  const { say } = useSpeech();
  const [isCut, setCut] = useState(false);
  const leave = (event: Event) => {
    setCut(!navigator.onLine);
    if (navigator.onLine) leaveForLogin();
    else event.preventDefault();
    if (!navigator.onLine && said !== undefined) document.querySelector<HTMLElement>(`[data-testid=${said}]`)?.focus();
  };
  return (
    <>
      {isCut && said === undefined && <span class="error" role="alert">{say('login.offline')}</span>}
      <a class={plain ? undefined : 'button'} href={`/login/start?to=${encodeURIComponent(to)}`} onClick={leave}>{say(label)}</a>
    </>
  );
}

/** What went wrong at the sign-in, from the address; null: nothing did. */
export function troubleOf(query: URLSearchParams): Key | null {
  const value = query.get('login');
  return value === null ? null : inWords(value);
}
