import { useEffect, useRef } from 'preact/hooks';
import { fieldsOf } from '../../data/form.ts';
import type { FieldError, Form } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';
import { inputId } from './field.tsx';
import { useErrorWords } from './words.ts';

/** All that must be looked at, with links to each place; takes the focus when it appears. */
export function ErrorSummary({ form, errors }: { form: Form; errors: readonly FieldError[] }) {
  const box = useRef<HTMLDivElement>(null);
  const { say } = useSpeech();
  const wordsOf = useErrorWords();
  useEffect(() => box.current?.focus(), []);
  const found = fieldsOf(form).flatMap((field) => {
    const error = errors.find((one) => one.field === field.id);
    return error ? [{ field, error }] : [];
  });
  if (!found.length) return null;
  return (
    <div class="alert" role="alert" ref={box} tabIndex={-1}>
      <h2>{say('form.errors', { n: found.length })}</h2>
      <ul>
        {found.map(({ field, error }) => (
          <li key={field.id}>
            <a href={`#${inputId(field)}`} onClick={(event) => toField(event, inputId(field))}>{wordsOf(field, error)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Moves to the input itself and leaves the address alone. */
function toField(event: Event, id: string): void {
  event.preventDefault();
  const place = document.getElementById(id);
  const input = place?.matches('fieldset') ? place.querySelector('input') : place;
  place?.scrollIntoView({ block: 'center' });
  input?.focus();
}
