import type { Json } from '../../data/graphql.ts';
import type { Field } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';
import { inputId, type FieldProps, type Shared } from './field.tsx';

const NEARLY_FULL = 20;

/** A line, a longer text or a day, with the keyboard that fits. */
export function TextInput({ field, value, onChange, onLeave, shared }: FieldProps & { shared: Shared }) {
  const text = typeof value === 'string' ? value : '';
  const common = {
    id: inputId(field), name: field.id, value: text, ...shared, onBlur: onLeave,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  switch (field.kind) {
    case 'DATE': return <input type="date" min={field.minDate ?? undefined} max={field.maxDate ?? undefined} {...common} />;
    case 'PHONE': return <input type="tel" autoComplete="tel" {...common} />;
    case 'POSTAL_CODE': return <input type="text" inputMode="numeric" autoComplete="postal-code" {...common} />;
    case 'NUMBER': return <input type="text" inputMode="numeric" {...common} />;
    case 'LONG_TEXT': return <><textarea rows={4} {...common} /><Left field={field} text={text} /></>;
    default: return <><input type="text" {...common} /><Left field={field} text={text} /></>;
  }
}

/** Tells how much room is left when the text is nearly full. */
function Left({ field, text }: { field: Field; text: string }) {
  const { say } = useSpeech();
  const left = (field.maxLength ?? Infinity) - [...text].length;
  return left <= NEARLY_FULL ? <p class="note" role="status">{say('form.left', { n: left })}</p> : null;
}

/** Yes or no, one of several, or some of several: all to be seen at once and 44 px high. */
export function ChoiceInput({ field, value, onChange }: FieldProps) {
  const { say, pick } = useSpeech();
  const options: { value: Json; label: string }[] = field.kind === 'YES_NO'
    ? [{ value: true, label: say('yes') }, { value: false, label: say('no') }]
    : field.choices.map((choice) => ({ value: choice.value, label: pick(choice.label) }));
  const many = field.kind === 'MANY_CHOICE';
  const chosen: Json[] = Array.isArray(value) ? value : [];
  const pickOne = (one: Json) => {
    if (!many) return onChange(one);
    onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  };
  return (
    <div class={field.kind === 'YES_NO' ? 'pair' : 'options'}>
      {options.map((option) => (
        <label class="option" key={String(option.value)}>
          <input
            type={many ? 'checkbox' : 'radio'} name={field.id}
            checked={many ? chosen.includes(option.value) : value === option.value}
            onChange={() => pickOne(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
