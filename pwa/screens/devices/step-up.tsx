import { useEffect, useRef, useState } from 'preact/hooks';
import { expectSomeone } from '../../data/arrival.ts';
import { canUsePasskeys, proveByPasskey } from '../../data/passkeys.ts';
import { cardPath, hearWanted, wantedProof } from '../../data/step-up.ts';
import { draftsAreSafe } from '../../device/drafts.ts';
import { useSpeech } from '../device-state.tsx';
import { TroubleNote, troubleWith, type Trouble } from './trouble.tsx';

/** She proves once more who she is, over the very screen she is at; closing it changes nothing there. */
export function StepUpDialog() {
  const [wanted, setWanted] = useState(wantedProof);
  useEffect(() => hearWanted(() => setWanted(wantedProof())), []);
  return wanted && <Dialog key={wanted.to} wanted={wanted} />;
}

function Dialog({ wanted }: { wanted: NonNullable<ReturnType<typeof wantedProof>> }) {
  const { say } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>(null);
  const byPasskey = !wanted.cardOnly && canUsePasskeys();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => void setTimeout(() => before instanceof HTMLElement && before.focus());
  }, []);
  const prove = () => {
    setBusy(true);
    setTrouble(null);
    proveByPasskey().then(() => wanted.done(true), (cause: unknown) => {
      setBusy(false);
      setTrouble(troubleWith(cause));
    });
  };
  const toCard = () => {
    setBusy(true);
    void draftsAreSafe().then(() => {
      expectSomeone();
      location.assign(cardPath(wanted.to));
    });
  };
  return (
    <dialog ref={dialog} class="step-up" aria-labelledby="step-up" aria-describedby="step-up-lead" onCancel={() => wanted.done(false)}>
      <h2 id="step-up">{say('stepUp.title')}</h2>
      <p id="step-up-lead">{say(wanted.cardOnly ? 'stepUp.cardOnly' : 'stepUp.lead')}</p>
      <TroubleNote trouble={trouble} />
      {byPasskey && <button type="button" class="button" disabled={busy} onClick={prove}>{say('stepUp.passkey')}</button>}
      <button type="button" class="button" data-kind={byPasskey ? 'outline' : undefined} disabled={busy} onClick={toCard}>{say('stepUp.card')}</button>
      <button type="button" class="button" data-kind="quiet" onClick={() => wanted.done(false)}>{say('stepUp.cancel')}</button>
    </dialog>
  );
}
