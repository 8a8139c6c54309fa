import { useState } from 'preact/hooks';
import { mutateDevices } from '../../data/devices.ts';
import { addPasskey } from '../../data/passkeys.ts';
import { endPasskeyOffer } from '../../device/passkey-offer.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { TroubleNote, troubleWith, type Trouble } from './trouble.tsx';

/** After a code that worked once: what she comes by the next time. She may say no, and finds it on her page of devices. */
export function PasskeyOffer() {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [state, setState] = useState<'asked' | 'busy' | 'bound' | 'gone'>('asked');
  const [trouble, setTrouble] = useState<Trouble>(null);
  const ends = (next: 'bound' | 'gone') => {
    endPasskeyOffer();
    setState(next);
  };
  const bind = () => {
    setState('busy');
    setTrouble(null);
    mutateDevices(() => addPasskey('')).then((done) => {
      if (done === null) return setState('asked');
      if (!('message' in done)) return ends('bound');
      setState('asked');
      setTrouble({ text: done.message, key: 'passkey.trouble.refused' });
    }, (cause: unknown) => {
      setState('asked');
      setTrouble(troubleWith(cause));
    });
  };
  if (state === 'gone') return null;
  if (state === 'bound') return <p class="box" role="status">{say('devices.offerDone')}</p>;
  return (
    <section class="box" aria-labelledby="passkey-offer" data-testid="passkey-offer">
      <h2 id="passkey-offer">{say('devices.offer')}</h2>
      <p>{say('devices.offerHelp')}</p>
      <TroubleNote trouble={trouble} />
      <button type="button" class="button" disabled={state === 'busy' || !reached} onClick={bind}>{say('devices.addPasskey')}</button>
      <button type="button" class="button" data-kind="quiet" onClick={() => ends('gone')}>{say('devices.offerLater')}</button>
    </section>
  );
}
