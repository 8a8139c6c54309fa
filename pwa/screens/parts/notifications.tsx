import { useEffect, useState } from 'preact/hooks';
import { permitKey } from '../../device/browsers.ts';
import { isInstalled } from '../../device/install.ts';
import { isIos } from '../../device/ios.ts';
import { hearPermission, readPushState, turnPushOff, turnPushOn, type PushState } from '../../device/push.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { OnIphone } from './on-iphone.tsx';
import { PushTrial } from './push-trial.tsx';

const WORDS: Record<PushState, Key> = {
  on: 'settings.push.on', off: 'settings.push.off', denied: 'settings.push.denied',
  unsupported: 'settings.push.unsupported', install: 'settings.push.install',
};

/** Notifications on and off. The permission is asked for only when she presses. */
export function Notifications() {
  const { service } = useDevice().snapshot;
  const { say } = useSpeech();
  const [state, setState] = useState<PushState | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const look = () => void readPushState().then(setState);
    look();
    return hearPermission(look);
  }, []);
  const change = (work: () => Promise<PushState>) => {
    setBusy(true);
    setFailed(false);
    work().then(setState, () => setFailed(true)).finally(() => setBusy(false));
  };
  if (!state) return null;
  return (
    <>
      <p>{say('settings.push.lead')}</p>
      <p role="status"><strong>{say(state === 'unsupported' && isIos(navigator) ? 'push.ios.update' : WORDS[state])}</strong></p>
      {state === 'denied' && (
        <section class="box" aria-labelledby="permit" data-testid="permit">
          <h3 id="permit">{say('permit.title')}</h3>
          <p>{say(`permit.${permitKey(navigator, isInstalled())}`)}</p>
          <p class="note">{say('permit.noticed')}</p>
        </section>
      )}
      {state === 'install' && <OnIphone />}
      {failed && <p class="error" role="alert">{say('settings.push.failed')}</p>}
      {state === 'off' && service && (
        <button type="button" class="button" disabled={busy} onClick={() => change(() => turnPushOn(service.value.pushKey))}>
          {say('settings.push.turnOn')}
        </button>
      )}
      {state === 'on' && (
        <button type="button" class="button" data-kind="outline" disabled={busy} onClick={() => change(turnPushOff)}>
          {say('settings.push.turnOff')}
        </button>
      )}
      {state === 'on' && service && <PushTrial pushKey={service.value.pushKey} />}
    </>
  );
}
