import { useState } from 'preact/hooks';
import type { Json } from '../../data/graphql.ts';
import type { Field } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';
import { inputId, type FieldProps, type Shared } from './field.tsx';

const NEARLY_FULL = 20;
/** What a phone may fill in, since it is about her who holds it (WCAG 1.3.5); of others it knows nothing. */
const OF_HERSELF: Readonly<Record<string, string>> = Object.fromEntries(['claimant', 'applicant'].flatMap((who) => [
  [`${who}_name`, 'name'], [`${who}_birth_date`, 'bday'], [`${who}_address`, 'street-address'],
]));

/** A line, a longer text or a day, with the keyboard that fits. */
export function TextInput({ field, value, onChange, onLeave, shared }: FieldProps & { shared: Shared }) {
  const text = typeof value === 'string' ? value : '';
  const common = {
    id: inputId(field), name: field.id, value: text, ...shared, autoComplete: OF_HERSELF[field.id], onBlur: onLeave,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  switch (field.kind) {
    case 'DATE': return <input type="date" min={field.minDate ?? undefined} max={field.maxDate ?? undefined} {...common} />;
    case 'TIME': return <input type="time" {...common} />;
    case 'MONTH': return <MonthInput field={field} text={text} onChange={onChange} onLeave={onLeave} shared={shared} />;
    case 'PHONE': return <input type="tel" {...common} autoComplete={common.autoComplete ?? 'tel'} />;
    case 'POSTAL_CODE': return <input type="text" inputMode="numeric" {...common} autoComplete={common.autoComplete ?? 'postal-code'} />;
    case 'NUMBER': return <input type="text" inputMode="numeric" {...common} />;
    case 'LONG_TEXT': return <><textarea rows={4} {...common} /><Left field={field} text={text} /></>;
    default: return <><input type="text" {...common} /><Left field={field} text={text} /></>;
  }
}

const YEARS_BACK = 80;

type MonthProps = Pick<FieldProps, 'field' | 'onChange' | 'onLeave'> & { text: string; shared: Shared };

/** A year and a month to choose: not every browser has an input for a month. What is half chosen is not yet an answer. */
function MonthInput({ field, text, onChange, onLeave, shared }: MonthProps) {
  const { say, pick: told } = useSpeech();
  const named = (part: 'form.year' | 'form.month') => `${told(field.label)} ${say(part)}`;
  const [year = '', month = ''] = text.split('-');
  const [chosen, choose] = useState({ year, month });
  const pick = (more: Partial<typeof chosen>) => {
    const now = { ...chosen, ...more };
    choose(now);
    onChange(now.year && now.month ? `${now.year}-${now.month}` : '');
  };
  const newest = new Date().getFullYear();
  const years = Array.from({ length: YEARS_BACK }, (_, back) => String(newest - back));
  const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));
  return (
    <span class="pair">
      <select
        id={inputId(field)} value={chosen.year} {...shared} aria-label={named('form.year')} onBlur={onLeave}
        onChange={(event) => pick({ year: event.currentTarget.value })}
      >
        <option value="">{say('form.year')}</option>
        {years.map((one) => <option key={one} value={one}>{one}</option>)}
      </select>
      <select
        value={chosen.month} {...shared} aria-label={named('form.month')} onBlur={onLeave}
        onChange={(event) => pick({ month: event.currentTarget.value })}
      >
        <option value="">{say('form.month')}</option>
        {months.map((one) => <option key={one} value={one}>{Number(one)}</option>)}
      </select>
    </span>
  );
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
