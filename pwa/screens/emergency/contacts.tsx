import { useEffect, useRef, useState } from 'preact/hooks';
import { hear } from '../../device/changes.ts';
import { changeOwnThings, NO_THINGS, readOwnThings, type Contact, type OwnThings } from '../../device/own-things.ts';
import { stayQuietly } from '../../device/staying.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { dialled } from './dialled.ts';

const EMPTY = { name: '', phone: '', note: '' };
const LONGEST = { name: 40, phone: 20, note: 120 } as const;

/** What she keeps on this device alone. */
export function useOwnThings(): OwnThings {
  const [things, show] = useState(NO_THINGS);
  useEffect(() => {
    const look = () => void readOwnThings().then(show, () => undefined);
    look();
    return hear((news) => news === 'snapshot' && look());
  }, []);
  return things;
}

/** Whom to call, as she wrote them herself. */
export function Contacts() {
  const { say } = useSpeech();
  const { contacts } = useOwnThings();
  const remove = (id: string) => void changeOwnThings((things) => ({ ...things, contacts: things.contacts.filter((one) => one.id !== id) }));
  return (
    <section aria-labelledby="contacts" data-testid="contacts">
      <h2 id="contacts">{say('emergency.contacts')}</h2>
      <ul class="plain pack-list">
        {contacts.map(({ id, name, phone, note }) => (
          <li key={id}>
            <strong>{name}</strong> {phone && <a href={`tel:${dialled(phone) ?? phone}`}>{phone}</a>}
            {note && <span class="note">{note}</span>}
            <button type="button" class="button not-printed" data-kind="quiet" aria-label={say('emergency.remove', { name })} onClick={() => remove(id)}>{say('attach.remove')}</button>
          </li>
        ))}
      </ul>
      <details class="more not-printed" open={contacts.length === 0}>
        <summary>{say('emergency.add')}</summary>
        <Add />
      </details>
      <p class="note">{say('emergency.contactsHelp')}</p>
    </section>
  );
}

function Add() {
  const { say } = useSpeech();
  const [written, write] = useState(EMPTY);
  const [wrong, tell] = useState<{ field: keyof typeof EMPTY; key: Key } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const add = async (event: Event) => {
    event.preventDefault();
    const missing = !written.name.trim() ? { field: 'name', key: 'emergency.nameMissing' } as const
      : dialled(written.phone) === null ? { field: 'phone', key: 'emergency.phoneMissing' } as const : null;
    tell(missing);
    if (missing) return form.current?.querySelector<HTMLInputElement>(`#contact-${missing.field}`)?.focus();
    const contact: Contact = { id: crypto.randomUUID(), name: written.name.trim(), phone: written.phone.trim(), note: written.note.trim() };
    try {
      await changeOwnThings((things) => ({ ...things, contacts: [...things.contacts, contact] }));
      write(EMPTY);
      void stayQuietly();
    } catch (cause) {
      tell({ field: 'name', key: 'storage.failed' });
      reportError(cause);
    }
  };
  return (
    <form ref={form} noValidate onSubmit={(event) => void add(event)}>
      {wrong && <p class="error" role="alert" id="contact-wrong">{say(wrong.key)}</p>}
      {(['name', 'phone', 'note'] as const).map((field) => (
        <p class="field" key={field}>
          <label for={`contact-${field}`}>{say(`emergency.${field}`)}</label>
          <input
            id={`contact-${field}`} inputMode={field === 'phone' ? 'tel' : 'text'} autoComplete="off" maxLength={LONGEST[field]} value={written[field]}
            aria-invalid={wrong?.field === field} aria-describedby={wrong?.field === field ? 'contact-wrong' : undefined}
            onInput={(event) => write({ ...written, [field]: event.currentTarget.value })}
          />
        </p>
      ))}
      <button type="submit" class="button" data-kind="outline">{say('emergency.add')}</button>
    </form>
  );
}
