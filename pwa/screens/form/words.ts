import { isEmpty } from '../../data/form.ts';
import type { Json } from '../../data/graphql.ts';
import type { Code } from '../../data/judging.ts';
import type { Field, FieldError } from '../../data/shapes.ts';
import { longDay, shortDay, yearAndMonth } from '../../text/dates.ts';
import type { Key } from '../../text/speak.ts';
import { comma } from '../../text/lists.ts';
import { useSpeech, type Speech } from '../device-state.tsx';

const CHOSEN: readonly Field['kind'][] = ['CHOICE', 'MANY_CHOICE', 'YES_NO', 'DATE', 'MONTH', 'TIME'];
const EXAMPLES: Partial<Record<Field['kind'], Key>> = {
  KANA: 'example.KANA', PHONE: 'example.PHONE', POSTAL_CODE: 'example.POSTAL_CODE', NUMBER: 'example.NUMBER',
};
const OWN_WORDS: readonly string[] = [
  'too_long', 'wrong_pattern', 'not_a_date', 'too_early', 'too_late', 'closed_day', 'not_a_choice',
  'individual_number', 'control_character',
] satisfies Code[];

/** What is wrong with a field and what to do; the ward's own words where it gave some. */
export function useErrorWords(): (field: Field, error: FieldError) => string {
  const speech = useSpeech();
  return (field, error) => (error.message ? speech.pick(error.message) : errorWords(field, error.code, speech));
}

function errorWords(field: Field, code: string, { say, pick, language }: Speech): string {
  const example = EXAMPLES[field.kind];
  const day = code === 'too_early' ? field.minDate : field.maxDate;
  return say(keyOf(field, code), {
    label: pick(field.label),
    max: field.maxLength ?? '',
    day: day === null ? '' : shortDay(day, language),
    example: example ? say(example) : '',
  });
}

function keyOf(field: Field, code: string): Key {
  if (code !== 'required') return OWN_WORDS.includes(code) ? (`error.${code}` as Key) : 'error.other';
  if (field.kind === 'AGREEMENT') return 'error.requiredAgreement';
  return CHOSEN.includes(field.kind) ? 'error.requiredChoice' : 'error.required';
}

/** An answer as it is read over before sending. */
export function useAnswerWords(): (field: Field, value: Json | undefined) => string {
  const { say, pick, language } = useSpeech();
  return (field, value) => {
    if (value === undefined || isEmpty(value)) return say('form.notWritten');
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
    if (field.kind === 'DATE' && typeof value === 'string') return longDay(value, language);
    if (field.kind === 'MONTH' && typeof value === 'string') return yearAndMonth(value, language);
    const values = Array.isArray(value) ? value : [value];
    return values
      .map((one) => field.choices.find((choice) => choice.value === one))
      .map((choice, index) => (choice ? pick(choice.label) : String(values[index])))
      .join(comma(language));
  };
}
