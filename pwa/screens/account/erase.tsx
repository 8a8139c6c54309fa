import { useEffect, useRef, useState } from 'preact/hooks';
import { deleteAccount } from '../../data/account.ts';
import { logout } from '../../data/logout.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { useAct } from './account.tsx';

/** What goes, what the law keeps, a word to type, and some days in which a login calls it off. */
export function Erase({ graceDays }: { graceDays: number }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.focus(), [open]);
  const erase = () => act.run(async () => {
    const told = await deleteAccount(typed);
    return 'why' in told ? told.why : null;
  }).then((done) => (done ? logout() : undefined));
  return (
    <section aria-labelledby="erase">
      <h2 id="erase">{say('account.erase')}</h2>
      {!open && <button type="button" class="button" data-kind="danger" onClick={() => setOpen(true)}>{say('account.erase')}</button>}
      {open && (
        <form class="alert" aria-labelledby="erase" ref={form} tabIndex={-1} onSubmit={(event) => { event.preventDefault(); void erase(); }}>
          <h3>{say('account.eraseGoes')}</h3>
          <ul class="plain">{([1, 2, 3] as const).map((n) => <li key={n}>{say(`account.eraseGoes.${n}`)}</li>)}</ul>
          <h3>{say('account.eraseStays')}</h3>
          <ul class="plain">{([1, 2, 3] as const).map((n) => <li key={n}>{say(`account.eraseStays.${n}`)}</li>)}</ul>
          <p>{say('account.eraseGrace', { n: graceDays })}</p>
          <label for="erase-word">{say('account.eraseWord', { word: say('account.eraseThe') })}</label>
          <input
            id="erase-word" value={typed} autoComplete="off" autoCapitalize="none" spellcheck={false}
            aria-invalid={act.why !== ''} aria-describedby={act.why ? 'erase-why' : undefined}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          {act.why && <p class="error" id="erase-why" role="alert">{act.why}</p>}
          {!reached && <p role="status">{say('account.offline')}</p>}
          <button type="submit" class="button" data-kind="danger-solid" disabled={!reached || act.busy}>{say('account.eraseYes')}</button>
          <button type="button" class="button" data-kind="outline" onClick={() => setOpen(false)}>{say('cancel')}</button>
        </form>
      )}
    </section>
  );
}
