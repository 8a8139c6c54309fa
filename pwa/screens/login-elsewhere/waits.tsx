import { useEffect, useState } from 'preact/hooks';
import { waitsForCode } from '../../data/live.ts';
import { useSpeech } from '../device-state.tsx';

/** At the door: whether the login she began here has ended in another browser, looked at whenever she comes back. */
export function Waits() {
  const { say } = useSpeech();
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void waitsForCode().then(setWaiting);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return (
    <div role="status">
      {waiting && (
        <div class="login-waits">
          <p><strong>{say('login.waits')}</strong></p>
          <a class="button" href="/finish-login">{say('login.toCode')}</a>
        </div>
      )}
    </div>
  );
}
