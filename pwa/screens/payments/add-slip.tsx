import { useRef, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { addSlip, type Numbers } from '../../data/payments.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { silence } from '../parts/silence.ts';

const FIELDS = ['institution', 'payment', 'confirmation', 'kind'] as const;
const EMPTY: Numbers = { institution: '', payment: '', confirmation: '', kind: '' };

/** A slip that came on paper, by its four numbers; what was typed stays until it is kept. */
export function AddSlipForm() {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const id = useRef(crypto.randomUUID());
  const [numbers, setNumbers] = useState(EMPTY);
  const [trouble, setTrouble] = useState<{ text: string; field: string | null } | null>(null);
  const [kept, setKept] = useState(false);
  const [busy, setBusy] = useState(false);
  const add = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setTrouble(null);
    setKept(false);
    try {
      const refused = await addSlip(id.current, numbers);
      if (refused) {
        setTrouble({ text: pick(refused.message), field: refused.field });
        if (refused.field) document.getElementById(`slip-${refused.field}`)?.focus();
      } else {
        id.current = crypto.randomUUID();
        setNumbers(EMPTY);
        setKept(true);
      }
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble({ text: silence({ say }, cause, { offline: 'payments.addOffline', failed: 'payments.failed' }), field: null });
    }
    setBusy(false);
  };
  return (
    <details class="more">
      <summary>{say('payments.add')}</summary>
      <form onSubmit={(event) => void add(event)} noValidate>
        <p class="note">{say('payments.addHelp')}</p>
        <div role="status">{kept && <p class="alert" data-kind="note">{say('payments.added')}</p>}</div>
        {trouble !== null && <p class="alert" role="alert" id="slip-trouble">{trouble.text}</p>}
        {FIELDS.map((name) => (
          <p class="field" key={name}>
            <label for={`slip-${name}`}>{say(`payments.${name}`)}{name === 'kind' && <span class="note">{say('payments.kindNote')}</span>}</label>
            <input
              id={`slip-${name}`} inputMode="numeric" autoComplete="off" value={numbers[name]} maxLength={40}
              aria-invalid={trouble?.field === name} aria-describedby={trouble?.field === name ? 'slip-trouble' : undefined}
              onInput={(event) => setNumbers({ ...numbers, [name]: event.currentTarget.value })}
            />
          </p>
        ))}
        <p><button type="submit" class="button" data-kind="outline" disabled={busy || !reached}>{say('payments.addDo')}</button></p>
      </form>
    </details>
  );
}
