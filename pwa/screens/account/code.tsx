import { useRef, useState } from 'preact/hooks';
import { enterCode } from '../../data/account.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';
import { safePath } from '../router.ts';
import { useAct } from './account.tsx';
import { OfflineNote } from '../parts/states.tsx';

/** The code that a ward's desk gave to somebody without a card. */
export function CodeScreen({ to }: { to: string | null }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [code, setCode] = useState('');
  const act = useAct();
  const box = useRef<HTMLInputElement>(null);
  const enter = () => act.run(() => enterCode(code)).then((done) => {
    if (done) location.replace(safePath(to ?? '/'));
    else box.current?.focus();
  });
  return (
    <Page title={say('code.title')} back="/" lead={<p class="lead">{say('code.lead')}</p>}>
      {!reached && <OfflineNote>{say('login.offline')}</OfflineNote>}
      <form class="field" onSubmit={(event) => { event.preventDefault(); void enter(); }}>
        <label for="desk-code">{say('code.label')}</label>
        <p class="note" id="desk-code-help">{say('code.help')}</p>
        <input
          id="desk-code" class="desk-code" ref={box} value={code} autoComplete="one-time-code" autoCapitalize="characters" spellcheck={false}
          maxLength={40} aria-invalid={act.why !== ''} aria-describedby={act.why ? 'desk-code-help desk-code-why' : 'desk-code-help'}
          onInput={({ currentTarget }) => setCode(currentTarget.value)}
        />
        {act.why && <p class="error" id="desk-code-why" role="alert">{act.why}</p>}
        <button type="submit" class="button" disabled={!reached || act.busy || code.trim() === ''}>{say('code.enter')}</button>
      </form>
      <p class="note">{say('code.level')}</p>
      <p class="note">{say('code.none')}</p>
    </Page>
  );
}
