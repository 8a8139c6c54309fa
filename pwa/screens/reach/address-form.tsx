import { useEffect, useRef, useState } from 'preact/hooks';
import { setReach, type ReachKind } from '../../data/reach.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import type { Act } from './addresses.tsx';

/** Where she types an address or a number in. What is none is said above and beside the field, in the words of the house. */
export function AddressForm({ kind, act, onSent }: { kind: ReachKind; act: Act; onSent: () => void }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState('');
  const email = kind === 'EMAIL';
  const id = `address-${kind}`;
  const send = async (event: Event) => {
    event.preventDefault();
    let sent = false;
    setWrong('');
    await act(async () => {
      const reply = await setReach(kind, typed);
      sent = 'reach' in reply;
      return reply;
    }, 'reach.sent', setWrong);
    if (sent) onSent();
  };
  const field = {
    id, maxLength: 254, value: typed, 'aria-required': true, 'aria-invalid': wrong !== '',
    'aria-describedby': wrong === '' ? undefined : `${id}-wrong`,
    onInput: (event: { currentTarget: HTMLInputElement }) => setTyped(event.currentTarget.value),
  };
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      {wrong !== '' && <Summary wrong={wrong} to={id} />}
      <div class="field">
        <label for={id}>{say(email ? 'reach.emailLabel' : 'reach.smsLabel')}</label>
        {wrong !== '' && <p class="error" id={`${id}-wrong`}>{wrong}</p>}
        {email ? <input type="email" autocomplete="email" {...field} /> : <input type="tel" autocomplete="tel" {...field} />}
      </div>
      <p><button class="button" disabled={!reached}>{say(email ? 'reach.sendLink' : 'reach.sendCode')}</button></p>
    </form>
  );
}

/** Takes the focus when it appears, and leads to the field. */
function Summary({ wrong, to }: { wrong: string; to: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { say } = useSpeech();
  useEffect(() => box.current?.focus(), []);
  const toField = (event: Event) => {
    event.preventDefault();
    document.getElementById(to)?.focus();
  };
  return (
    <div class="alert" role="alert" ref={box} tabIndex={-1}>
      <h3>{say('form.errors', { n: 1 })}</h3>
      <ul><li><a href={`#${to}`} onClick={toField}>{wrong}</a></li></ul>
    </div>
  );
}
