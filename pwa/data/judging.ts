import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { answersToSend, fieldsOf } from './form.ts';
import type { Json } from './graphql.ts';
import { containsIndividualNumber } from './individual-number.ts';
import type { Answers, Field, FieldError, Form } from './shapes.ts';

/**
 * Judging what she wrote, without a network, by the form's own schema: the same one the house judges by, with the
 * house's codes. Only a day outside of its window is told apart here, to say which way to go.
 */
export type Code =
  | 'required' | 'wrong_type' | 'too_long' | 'wrong_pattern' | 'not_a_date' | 'too_early' | 'too_late' | 'closed_day'
  | 'not_a_choice' | 'individual_number' | 'control_character';

/** Keyword → code, as in `bff/applications/judging.py`; keywords that only hold others are not told. */
const CODES: Readonly<Record<string, Code>> = {
  required: 'required', type: 'wrong_type', const: 'required', enum: 'not_a_choice', uniqueItems: 'not_a_choice',
  maxLength: 'too_long', pattern: 'wrong_pattern', not: 'control_character', format: 'not_a_date',
};
const CODES_OF_DAYS: Readonly<Record<string, Code>> = { pattern: 'not_a_date', not: 'closed_day' };

/** One error a field at most, in the order of the form, of what would be sent. */
export const check = (form: Form, answers: Answers): FieldError[] => judge(form, answersToSend(form, answers));

/** What is wrong with the answer to one field, among all the others. */
export const errorOf = (form: Form, answers: Answers, field: Field): FieldError | null =>
  check(form, answers).find((error) => error.field === field.id) ?? null;

/** Judges filled-in answers as they are. A form from before there were schemas is judged by the house alone. */
export function judge(form: Form, filled: Answers): FieldError[] {
  const missing = missingAndEnded(form, filled);
  return fieldsOf(form).flatMap((field) => {
    const value = filled[field.id];
    const error = (value === undefined ? null : faultOf(field, ruleOf(form, field), value)) ?? missing.get(field.id);
    return error ? [error] : [];
  });
}

/** The first thing wrong with a value that is there. */
function faultOf(field: Field, rule: Schema | true, value: Json): FieldError | null {
  if (holdsIndividualNumber(value)) return ownWords(field.id, 'individual_number');
  const [first] = leaves(rule, value);
  return first ? told(field, first.keyword) : outsideOfDays(field, rule, value);
}

/** `formatMinimum` and `formatMaximum`, which the validator leaves to its user. */
function outsideOfDays(field: Field, rule: Schema | true, value: Json): FieldError | null {
  if (rule === true || field.kind !== 'DATE' || typeof value !== 'string') return null;
  if (value < (rule.formatMinimum ?? value)) return ownWords(field.id, 'too_early');
  return value > (rule.formatMaximum ?? value) ? ownWords(field.id, 'too_late') : null;
}

/** What is missing, and where the form ends for what else was answered; told by the schema as a whole. */
function missingAndEnded(form: Form, filled: Answers): Map<string, FieldError> {
  const schema = schemaOf(form);
  const found = leaves(schema, filled).flatMap((unit): FieldError[] => {
    const field = fieldsOf(form).find((one) => unit.instanceLocation === `#/${one.id}`);
    if (unit.keyword === 'required') {
      return wanted(schema, unit).filter((id) => !(id in filled)).map((id) => ownWords(id, 'required'));
    }
    return field && unit.keyword === 'not' ? [told(field, 'not')] : [];
  });
  return new Map(found.map((error) => [error.field, error]));
}

/** The list of names at the place of the schema that a `required` speaks of. */
function wanted(schema: Schema | true, unit: OutputUnit): string[] {
  const path = unit.keywordLocation.split('/').slice(1);
  const found = path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], schema);
  return found as string[];
}

function told(field: Field, keyword: string): FieldError {
  if (keyword === 'not' && field.refuse) return { field: field.id, code: field.refuse.code, message: field.refuse.message };
  const code = (field.kind === 'DATE' ? CODES_OF_DAYS[keyword] : undefined) ?? CODES[keyword];
  return ownWords(field.id, code ?? 'wrong_type');
}

const ownWords = (field: string, code: Code): FieldError => ({ field, code, message: null });

/** Faults by the innermost keyword, in the validator's order. */
const leaves = (schema: Schema | true, value: Json): OutputUnit[] =>
  new Validator(schema, '2020-12', false).validate(value).errors.filter((unit) => unit.keyword in CODES);

const holdsIndividualNumber = (value: Json): boolean =>
  Array.isArray(value) ? value.some(holdsIndividualNumber)
    : (typeof value === 'string' || typeof value === 'number') && containsIndividualNumber(String(value));

const schemaOf = (form: Form): Schema | true => (form.schema as unknown as Schema | undefined) ?? true;

function ruleOf(form: Form, field: Field): Schema | true {
  const schema = schemaOf(form);
  return schema === true ? true : ((schema.properties?.[field.id] as Schema | undefined) ?? true);
}
