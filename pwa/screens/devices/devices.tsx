import { useEffect, useRef, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { loadDevices, mutateDevices, type Change } from '../../data/devices.ts';
import type { Devices } from '../../data/shapes.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';
import { silence } from '../parts/silence.ts';
import { LockChoice } from './lock-choice.tsx';
import { PasskeyList } from './passkey-list.tsx';
import { SessionList } from './session-list.tsx';
import { TroubleNote, troubleWith, type Trouble } from './trouble.tsx';
import { Failed } from '../parts/states.tsx';

/** `change` does it, proving first where that is wanted, and tells what came of it. */
export type Work = (change: Change, told: Key) => void;

/** For a question that stands in the page: Escape leaves it. */
export const onEscape = (leave: () => void) => (event: KeyboardEvent) => {
  if (event.key === 'Escape') leave();
};

/** Where she is logged in, by what she may log in, and the lock of this device. Asked anew each time, kept nowhere. */
export function DevicesScreen() {
  const { say } = useSpeech();
  const [devices, setDevices] = useState<Devices | null>(null);
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Key | null>(null);
  const [trouble, setTrouble] = useState<Trouble>(null);
  const news = useRef<HTMLParagraphElement>(null);
  const load = () => {
    setFailed('');
    const own = { offline: 'devices.loadFailed', failed: 'devices.loadFailed' } as const;
    loadDevices().then(
      (read) => (read ? setDevices(read) : setFailed(say('devices.loadFailed'))),
      (cause: unknown) => setFailed(cause instanceof NoAnswer ? silence({ say }, cause, own) : say('devices.loadFailed')),
    );
  };
  useEffect(load, []);
  const work: Work = (change, words) => {
    setBusy(true);
    setTold(null);
    setTrouble(null);
    mutateDevices(change)
      .then((done) => {
        if (done === null) return;
        if ('message' in done) return setTrouble({ text: done.message, key: 'passkey.trouble.refused' });
        setDevices(done);
        setTold(words);
      })
      .catch((cause: unknown) => setTrouble(troubleWith(cause)))
      .finally(() => {
        setBusy(false);
        setTimeout(() => news.current?.focus());
      });
  };
  return (
    <Page title={say('devices.title')} back="/settings" lead={<p>{say('devices.lead')}</p>}>
      <p role="status" ref={news} tabIndex={-1}>{told ? say(told) : !devices && !failed ? say('loading') : ''}</p>
      <TroubleNote trouble={trouble} />
      {failed !== '' && (
        <Failed again={{ words: say('devices.again'), act: load }}>{failed}</Failed>
      )}
      {devices && <PasskeyList passkeys={devices.passkeys} busy={busy} work={work} />}
      {devices && <LockChoice devices={devices} busy={busy} work={work} />}
      {devices && <SessionList devices={devices} busy={busy} work={work} />}
    </Page>
  );
}
