import { useEffect, useState } from 'preact/hooks';
import { expectSomeone } from '../../data/arrival.ts';
import { lookAround } from '../../data/keep-fresh.ts';
import { openAfterCard, openByPasskey } from '../../data/locking.ts';
import { logout } from '../../data/logout.ts';
import { cardPath } from '../../data/step-up.ts';
import { readLock } from '../../device/lock.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { focused } from '../parts/focused.ts';
import { Page } from '../parts/page.tsx';
import { TroubleNote, troubleWith, type Trouble } from './trouble.tsx';
import { OfflineNote } from '../parts/states.tsx';

/** Nothing of hers is on this screen, nor anywhere it could be read from. */
export function LockedScreen({ to }: { to: string }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [byPasskeyAlone, setByPasskeyAlone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>(null);
  useEffect(() => void readLock().then((lock) => setByPasskeyAlone(lock?.prf != null)), []);
  useEffect(() => {
    if (reached) openAfterCard().then((opened) => opened && lookAround(), () => undefined);
  }, [reached]);
  const open = () => {
    setBusy(true);
    setTrouble(null);
    openByPasskey(reached)
      .then((opened) => (opened ? lookAround() : setTrouble({ text: null, key: 'locked.failed' })), (cause: unknown) => setTrouble(troubleWith(cause)))
      .finally(() => setBusy(false));
  };
  const canOpen = reached || byPasskeyAlone;
  return (
    <Page title={say('locked.title')} lead={<p class="lead">{say('locked.lead')}</p>}>
      <TroubleNote trouble={trouble} />
      {canOpen
        ? <button type="button" class="button" disabled={busy} onClick={open}>{say('locked.open')}</button>
        : <OfflineNote>{say('locked.offline')}</OfflineNote>}
      {reached && <a class="button" data-kind="outline" href={cardPath(to)} onClick={expectSomeone}>{say('locked.card')}</a>}
      <ul class="links"><li><a href="/emergency">{say('emergency.link')}</a></li></ul>
      <Forget />
    </Page>
  );
}

function Forget() {
  const { say } = useSpeech();
  const [asked, setAsked] = useState(false);
  if (!asked) return <button type="button" class="button" data-kind="quiet" onClick={() => setAsked(true)}>{say('locked.forget')}</button>;
  return (
    <div class="alert" role="alertdialog" aria-describedby="forget">
      <p id="forget">{say('locked.forgetSure')}</p>
      <button type="button" class="button" data-kind="danger-solid" onClick={() => void logout().catch(reportError)}>{say('locked.forget')}</button>
      <button type="button" class="button" data-kind="outline" ref={focused} onClick={() => setAsked(false)}>{say('cancel')}</button>
    </div>
  );
}
