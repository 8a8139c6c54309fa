import { useState } from 'preact/hooks';
import { eraseAndGoOn, giveBack } from '../data/handover.ts';
import { useSpeech } from './device-state.tsx';
import { Page } from './parts/page.tsx';

/** Before another person's unsent things are erased: how many there are, never whose, and the choice. */
export function HandoverScreen({ unsent }: { unsent: number }) {
  const { say } = useSpeech();
  const [busy, setBusy] = useState(false);
  const choose = (work: () => Promise<void>) => {
    setBusy(true);
    work().catch((cause: unknown) => {
      setBusy(false);
      reportError(cause);
    });
  };
  return (
    <Page title={say('handover.title')}>
      <p class="alert" data-kind="note" role="alert">{say('handover.unsent', { n: unsent })}</p>
      <p>{say('handover.choose')}</p>
      <button type="button" class="button" data-kind="outline" disabled={busy} onClick={() => choose(giveBack)}>
        {say('handover.giveBack')}
      </button>
      <button type="button" class="button" data-kind="danger" disabled={busy} onClick={() => choose(eraseAndGoOn)}>
        {say('handover.erase')}
      </button>
    </Page>
  );
}
