import { useEffect, useRef, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { askAbout } from '../../data/ledger.ts';
import type { Reading } from '../../data/shapes.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { silence } from '../parts/silence.ts';
import { useBegun } from '../parts/use-begun.ts';
import { Attach, useAttached } from './attach.tsx';

const LONGEST = 1000;
const KINDS = ['QUESTION', 'OBJECTION'] as const;
type Question = { kind: (typeof KINDS)[number]; text: string };

/** Her question or objection, written where the entry stands; what was written stays when it could not be sent. */
export function AskPanel({ reading, close }: { reading: Reading; close: () => void }) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [{ kind, text }, write, forget] = useBegun<Question>(`ask ${reading.id}`, { kind: 'QUESTION', text: '' });
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const attached = useAttached();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const send = (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setTrouble('');
    askAbout(reading, { kind, text, files: attached.ids })
      .then((why) => {
        if (why) return setTrouble(pick(why));
        attached.handedIn();
        void forget();
        close();
      })
      .catch((cause: unknown) => {
        if (!(cause instanceof NoAnswer)) return reportError(cause);
        setTrouble(silence({ say }, cause, { offline: 'readings.unsent', failed: 'consents.failed' }));
      })
      .finally(() => setBusy(false));
  };
  const id = `ask-${reading.id}`;
  return (
    <form class="alert" data-kind="note" onSubmit={send} onKeyDown={(event) => { if (event.key === 'Escape') close(); }}>
      <p><strong>{say('readings.ask')}</strong></p>
      <fieldset class="pair">
        <legend class="unseen">{say('readings.askKind')}</legend>
        {KINDS.map((one) => (
          <button key={one} type="button" class="button" data-kind="outline" aria-pressed={kind === one} onClick={() => write({ kind: one })}>
            {say(`readings.${one}`)}
          </button>
        ))}
      </fieldset>
      <label for={id}>{say('readings.words')}</label>
      <p class="note" id={`${id}-help`}>{say('readings.wordsHelp', { n: LONGEST })}</p>
      <textarea
        id={id} ref={area} rows={4} maxLength={LONGEST} value={text} aria-describedby={`${id}-help`} aria-invalid={trouble !== ''}
        onInput={(event) => write({ text: event.currentTarget.value })}
      />
      <Attach id={`${id}-files`} attached={attached} />
      {trouble !== '' && <p class="error" role="alert">{trouble}</p>}
      <button type="submit" class="button" data-kind="primary" disabled={busy || !reached || attached.isSending}>{say('readings.send')}</button>
      <button type="button" class="button" data-kind="outline" onClick={() => { void forget(); close(); }}>{say('cancel')}</button>
    </form>
  );
}
