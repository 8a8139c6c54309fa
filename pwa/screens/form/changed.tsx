import { fieldsOf, type Changed } from '../../data/form.ts';
import type { Form, Text } from '../../data/shapes.ts';
import { comma } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';

/** Says what is different in the form since she wrote; her answers are kept, also those that are asked no more. */
export function FormChangedNote({ changed, form }: { changed: Changed; form: Form }) {
  const { say, pick, language } = useSpeech();
  const labelOf = (id: string) => fieldsOf(form).find((field) => field.id === id)?.label;
  const added = changed.added.flatMap((id) => labelOf(id) ?? []);
  const old = changed.removed.filter((one) => typeof one === 'string').length;
  const removed = changed.removed.filter((one) => typeof one !== 'string');
  const named = (all: readonly Text[]) => all.map(pick).join(comma(language));
  return (
    <div class="alert" data-kind="note" role="status" data-testid="form-changed">
      <p>{say('form.changed')}</p>
      <ul>
        {added.length > 0 && <li>{say('form.changedAdded', { fields: named(added) })}</li>}
        {removed.map(({ label, answer }) => (
          <li key={label.ja}>
            {say('form.changedGone', { field: pick(label) })}
            {typeof answer === 'string' && answer !== '' && <span class="note">{say('form.changedAnswer', { answer })}</span>}
          </li>
        ))}
        {old > 0 && <li>{say('form.changedRemoved', { n: old })}</li>}
        {(changed.choices ?? []).map(({ field, gone, fresh }) => (
          <li key={field}>
            {say('form.changedChoices', { field: pick(labelOf(field) ?? { ja: '', easy: '', en: '' }) })}
            {fresh.length > 0 && <span class="note">{say('form.changedFresh', { choices: named(fresh) })}</span>}
            {gone.length > 0 && <span class="note">{say('form.changedLost', { choices: named(gone) })}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
