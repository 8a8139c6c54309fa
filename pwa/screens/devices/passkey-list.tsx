import { useRef, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { RemovePasskey, RenamePasskey } from '../../data/documents.ts';
import { addPasskey, canUsePasskeys } from '../../data/passkeys.ts';
import type { Passkey } from '../../data/shapes.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { onEscape, type Work } from './devices.tsx';
import { focused } from '../parts/focused.ts';

export function PasskeyList({ passkeys, busy, work }: { passkeys: readonly Passkey[]; busy: boolean; work: Work }) {
  const { say } = useSpeech();
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{say('devices.passkeys')}</h2>
      <p>{say('devices.passkeysLead')}</p>
      {passkeys.length === 0 ? <p class="note">{say('devices.noPasskeys')}</p> : (
        <ul class="device-list">
          {passkeys.map((one) => <Line key={one.id} passkey={one} isLast={passkeys.length === 1} busy={busy} work={work} />)}
        </ul>
      )}
      {canUsePasskeys()
        ? <button type="button" class="button" data-kind={passkeys.length > 0 ? 'outline' : undefined} disabled={busy} onClick={() => work(() => addPasskey(''), 'devices.added')}>{say('devices.addPasskey')}</button>
        : <p class="note">{say('devices.unsupported')}</p>}
    </section>
  );
}

type LineProps = { passkey: Passkey; isLast: boolean; busy: boolean; work: Work };

function Line({ passkey, isLast, busy, work }: LineProps) {
  const { say, language } = useSpeech();
  const [doing, setDoing] = useState<'name' | 'remove' | null>(null);
  const { id, name } = passkey;
  const line = useRef<HTMLLIElement>(null);
  const close = () => {
    setDoing(null);
    setTimeout(() => line.current?.querySelector('button')?.focus());
  };
  const remove = () => work(async () => (await ask(RemovePasskey, { id })).removePasskey, 'devices.removed');
  return (
    <li ref={line}>
      <p><strong>{name}</strong></p>
      <p class="note">{say('devices.made', { time: dayAndTime(passkey.madeAt, language) })}</p>
      <p class="note">{passkey.usedAt ? say('devices.used', { time: dayAndTime(passkey.usedAt, language) }) : say('devices.unused')}</p>
      {passkey.backedUp && <p class="note">{say('devices.synced')}</p>}
      {doing === null && (
        <div class="device-acts">
          <button type="button" class="button" data-kind="quiet" disabled={busy} onClick={() => setDoing('name')} aria-label={say('devices.renameOne', { name })}>{say('devices.rename')}</button>
          <button type="button" class="button" data-kind="quiet" disabled={busy} onClick={() => setDoing('remove')} aria-label={say('devices.removeOne', { name })}>{say('devices.remove')}</button>
        </div>
      )}
      {doing === 'name' && <Name passkey={passkey} busy={busy} work={work} onDone={close} />}
      {doing === 'remove' && (
        <div
          class="alert" role="alertdialog" aria-label={say('devices.removeOne', { name })} aria-describedby={`remove-${id}`}
          onKeyDown={onEscape(close)}
        >
          <p id={`remove-${id}`}>{say('devices.removeSure', { name })} {isLast && say('devices.removeLast')}</p>
          <button type="button" class="button" data-kind="danger-solid" disabled={busy} onClick={remove}>{say('devices.removeOne', { name })}</button>
          <button type="button" class="button" data-kind="outline" ref={focused} onClick={close}>{say('cancel')}</button>
        </div>
      )}
    </li>
  );
}

function Name({ passkey, busy, work, onDone }: Omit<LineProps, 'isLast'> & { onDone: () => void }) {
  const { say } = useSpeech();
  const [name, setName] = useState(passkey.name);
  const save = (event: Event) => {
    event.preventDefault();
    onDone();
    work(async () => (await ask(RenamePasskey, { id: passkey.id, name })).renamePasskey, 'lock.changed');
  };
  return (
    <form class="device-name" onSubmit={save} onKeyDown={onEscape(onDone)}>
      <label for={`name-${passkey.id}`}>{say('devices.name')}</label>
      <input id={`name-${passkey.id}`} value={name} maxLength={60} required ref={focused} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
      <button type="submit" class="button" disabled={busy || !name.trim()}>{say('devices.save')}</button>
      <button type="button" class="button" data-kind="quiet" onClick={onDone}>{say('cancel')}</button>
    </form>
  );
}
