import { useState } from 'preact/hooks';
import { expectSomeone } from '../../data/arrival.ts';
import type { PasskeyTrouble } from '../../data/passkeys.ts';
import { useSpeech } from '../device-state.tsx';

/** One touch instead of the card, for who has bound a passkey; the device itself offers the right one. */
export function PasskeyLogin({ to, plain = false }: { to: string; plain?: boolean }) {
  const { say, pick } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<PasskeyTrouble | null>(null);
  if (!('PublicKeyCredential' in globalThis)) return null;
  const login = () => {
    setBusy(true);
    setTrouble(null);
    void import('../../data/passkeys.ts').then(({ loginWithPasskey, PasskeyFailed }) => loginWithPasskey().then(
      () => {
        expectSomeone();
        location.replace(to);
      },
      (cause: unknown) => {
        setBusy(false);
        setTrouble(cause instanceof PasskeyFailed ? cause.trouble : { code: 'refused', message: null });
      },
    ));
  };
  const words = trouble?.code === 'offline' ? 'passkey.trouble.offline' : 'passkey.trouble.cancelled';
  return (
    <>
      <button type="button" class="button" data-kind={plain ? 'quiet' : 'outline'} disabled={busy} onClick={login}>{say('login.passkey')}</button>
      {!plain && <p class="note">{say('login.passkeyHelp')}</p>}
      <div role="alert">{trouble && <p class="alert">{trouble.message ? pick(trouble.message) : say(words)}</p>}</div>
    </>
  );
}
