import type { ComponentChildren } from 'preact';
import { isSame } from '../../data/earlier.ts';
import type { Json } from '../../data/graphql.ts';
import type { Field } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';
import { ChoiceInput, TextInput } from './inputs.tsx';
import { useCorrection, useSourceWords } from './known.tsx';

export type FieldProps = {
  field: Field;
  value: Json | undefined;
  error: string | null;
  onChange: (value: Json) => void;
  onLeave: () => void;
};
const GROUPS: readonly Field['kind'][] = ['YES_NO', 'MANY_CHOICE', 'CHOICE'];

export const inputId = (field: Pick<Field, 'id'>): string => `field-${field.id}`;

/** One field with its label, help, source and message; each said to a screen reader with the input. */
export function FieldPart(props: FieldProps) {
  const { field, error } = props;
  const described = [
    field.help && `help-${field.id}`, field.prefill && `told-${field.id}`, error !== null && `error-${field.id}`,
  ].filter(Boolean).join(' ');
  const shared = { 'aria-describedby': described || undefined, 'aria-invalid': error !== null, 'aria-required': field.required };
  if (field.kind === 'AGREEMENT') return <Agreement {...props} shared={shared} />;
  if (GROUPS.includes(field.kind)) {
    return (
      <fieldset class="field" id={inputId(field)} tabIndex={-1} data-invalid={error !== null} aria-describedby={described || undefined}>
        <legend><Label field={field} /></legend>
        <Notes {...props}><ChoiceInput {...props} /></Notes>
      </fieldset>
    );
  }
  return (
    <div class="field" data-invalid={error !== null}>
      <label for={inputId(field)}><Label field={field} /></label>
      <Notes {...props}><TextInput {...props} shared={shared} /></Notes>
    </div>
  );
}

export type Shared = { 'aria-describedby': string | undefined; 'aria-invalid': boolean; 'aria-required': boolean };

function Label({ field }: { field: Field }) {
  const { say, pick } = useSpeech();
  return (
    <>
      {pick(field.label)}
      <span class="need" data-required={field.required}>{say(field.required ? 'form.required' : 'form.optional')}</span>
    </>
  );
}

function Notes({ field, value, error, children }: FieldProps & { children: ComponentChildren }) {
  const { pick } = useSpeech();
  return (
    <>
      {field.help && <p class="note" id={`help-${field.id}`}>{pick(field.help)}</p>}
      {children}
      {field.prefill && <Told field={field} value={value} />}
      {error !== null && <p class="error" id={`error-${field.id}`}>{error}</p>}
    </>
  );
}

/** Where the value came from and when, and whom else to tell when it is wrong; says so when she has changed it. */
function Told({ field, value }: { field: Field; value: Json | undefined }) {
  const { say } = useSpeech();
  const wordsOfSource = useSourceWords();
  const correctionOf = useCorrection();
  const told = field.prefill;
  if (!told) return null;
  const correction = correctionOf(told);
  return (
    <div id={`told-${field.id}`}>
      <p class="told">{isSame(value, told.value) ? wordsOfSource(told) : say('form.edited')}</p>
      {correction !== null && <p class="note">{correction}</p>}
    </div>
  );
}

function Agreement(props: FieldProps & { shared: Shared }) {
  const { field, value, onChange, shared, error } = props;
  return (
    <div class="field" data-invalid={error !== null}>
      <Notes {...props}>
        <label class="option">
          <input
            type="checkbox" id={inputId(field)} checked={value === true} {...shared}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
          <span><Label field={field} /></span>
        </label>
      </Notes>
    </div>
  );
}
