import { useRef, useState } from 'preact/hooks';
import { claim } from '../../data/handed-over.ts';
import { useSpeech } from '../device-state.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Page } from '../parts/page.tsx';
import { waitInWords } from '../parts/silence.ts';
import { safePath } from '../router.ts';
import { inWords } from './troubles.ts';

const DIGITS = 6;

/** Full-width digits and a space in between are what people type. */
const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '').slice(0, DIGITS);

/** Where a login began that has ended in another browser: she types the number shown there. */
export function FinishLoginScreen() {
  const { say } = useSpeech();
  const [typed, type] = useState('');
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const wrong = (why: string) => {
    setTrouble(why);
    box.current?.focus();
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const code = digitsOf(typed);
    if (code.length < DIGITS) return wrong(say('login.codeWrong'));
    setBusy(true);
    setTrouble('');
    const answer = await claim(code);
    if ('to' in answer) return location.replace(safePath(answer.to));
    setBusy(false);
    wrong(answer.wait === null ? say(inWords(answer.refused)) : waitInWords(say, answer.wait));
  };
  return (
    <Page title={say('finish.title')} back="/" lead={<p class="lead">{say('finish.lead')}</p>}>
      <LanguageChoice />
      <form class="field login-finish" onSubmit={(event) => void send(event)} noValidate>
        <label for="login-digits">{say('finish.label')}</label>
        <input
          id="login-digits" class="login-digits" ref={box} inputMode="numeric" autoComplete="one-time-code" value={typed}
          aria-invalid={trouble !== ''} aria-describedby={trouble ? 'login-digits-trouble' : undefined}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <p id="login-digits-trouble" class="error" role="alert">{trouble}</p>
        <button class="button" disabled={busy}>{say('finish.button')}</button>
      </form>
      <p class="note">{say('finish.again')} <LoginLink to="/" plain /></p>
    </Page>
  );
}
