import { useEffect, useRef, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { withdraw } from '../../data/cases.ts';
import type { Application } from '../../data/shapes.ts';
import { useLine, useSpeech } from '../device-state.tsx';

/** She takes the application back: asked once whether she means it, and never while it cannot be told. */
export function Withdraw({ application }: { application: Application }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [asking, setAsking] = useState(false);
  return (
    <p class="withdraw">
      <button type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => setAsking(true)}>{say('withdraw.open')}</button>
      {asking && <Sure application={application} onDone={() => setAsking(false)} />}
    </p>
  );
}

function Sure({ application, onDone }: { application: Application; onDone(): void }) {
  const { say, pick } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => void setTimeout(() => before instanceof HTMLElement && before.focus());
  }, []);
  const takeBack = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const why = await withdraw(application.id);
      if (why === null) return onDone();
      setTrouble(pick(why));
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble(say('withdraw.offline'));
    }
    setBusy(false);
  };
  return (
    <dialog ref={dialog} class="step-up" aria-labelledby="withdraw" aria-describedby="withdraw-what" onCancel={onDone}>
      <h2 id="withdraw">{say('withdraw.sure', { title: pick(application.title) })}</h2>
      <p id="withdraw-what">{say('withdraw.what')}</p>
      {application.wardNumber !== null && <p>{say('withdraw.told')}</p>}
      {trouble !== null && <p role="alert">{trouble}</p>}
      <button type="button" class="button" data-testid="withdraw-do" disabled={busy} onClick={() => void takeBack()}>
        {say(busy ? 'withdraw.busy' : 'withdraw.do')}
      </button>
      <button type="button" class="button" data-kind="quiet" disabled={busy} onClick={onDone}>{say('withdraw.keep')}</button>
    </dialog>
  );
}
