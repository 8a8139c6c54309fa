import { useEffect, useState } from 'preact/hooks';
import { takeDraft, type CarryTrouble } from '../../data/carry.ts';
import { takeCarriedCode } from '../../data/held-code.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';
import { go } from '../router.ts';
import { Trouble } from './trouble.tsx';

/** The other phone: takes the draft by its code, and opens it. */
export function Take() {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [code, setCode] = useState('');
  const [trouble, setTrouble] = useState<CarryTrouble | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => setCode(takeCarriedCode()), []);
  const take = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setTrouble(null);
    const answer = await takeDraft(code);
    if ('step' in answer) return go(`/apply/${encodeURIComponent(answer.step)}?write`, 'replace');
    setTrouble(answer.trouble);
    setBusy(false);
  };
  return (
    <Page title={say('carry.take')} back="/applications">
      <p>{say('carry.takeLead')}</p>
      {trouble && <Trouble trouble={trouble} />}
      <form noValidate onSubmit={(event) => void take(event)}>
        <div class="field">
          <label for="carry-code">{say('carry.code')}</label>
          <p class="note" id="carry-help">{say('carry.codeHelp')}</p>
          <input
            id="carry-code" type="text" autoComplete="off" autoCapitalize="characters" spellcheck={false} aria-describedby="carry-help"
            value={code} onInput={(event) => setCode(event.currentTarget.value)}
          />
        </div>
        <button class="button" disabled={busy || !reached}>{say('carry.takeButton')}</button>
      </form>
      {!reached && <p class="note">{say('carry.offline')}</p>}
    </Page>
  );
}
