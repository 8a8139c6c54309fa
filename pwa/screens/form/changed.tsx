import type { Field } from '../../data/shapes.ts';
import type { Draft } from '../../device/drafts.ts';
import { useSpeech } from '../device-state.tsx';

/** Says what is different in the form since she wrote; her answers are kept. */
export function FormChangedNote({ changed, fields }: { changed: NonNullable<Draft['changed']>; fields: readonly Field[] }) {
  const { say, pick } = useSpeech();
  const added = fields.filter((field) => changed.added.includes(field.id)).map((field) => pick(field.label));
  return (
    <div class="alert" data-kind="note" role="status">
      <p>{say('form.changed')}</p>
      {added.length > 0 && <p>{say('form.changedAdded', { fields: added.join('、') })}</p>}
      {changed.removed.length > 0 && <p>{say('form.changedRemoved', { n: changed.removed.length })}</p>}
    </div>
  );
}
