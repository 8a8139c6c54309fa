import { containsIndividualNumber } from './individual-number.ts';
import type { Json } from './graphql.ts';
import type { Answers, Field, FieldError, Form, Text } from './shapes.ts';

export const fieldsOf = (form: Form): Field[] => form.sections.flatMap((section) => section.fields);

/** What is filled in before she has written anything: what is already known. */
export function prefilled(form: Form): Answers {
  return Object.fromEntries(fieldsOf(form).flatMap((field) => (field.prefill ? [[field.id, field.prefill.value]] : [])));
}

/** A field is shown when the one it hangs on is shown and holds the value. */
export function isShown(field: Field, form: Form, answers: Answers): boolean {
  if (!field.showIf) return true;
  const other = fieldsOf(form).find((one) => one.id === field.showIf?.field);
  return !!other && isShown(other, form, answers) && answers[other.id] === field.showIf.equals;
}

/** The answers as they are sent: only fields that are shown and hold something, tidied. */
export function answersToSend(form: Form, answers: Answers): Answers {
  return Object.fromEntries(
    fieldsOf(form)
      .filter((field) => isShown(field, form, answers) && !isEmpty(answers[field.id]))
      .map((field) => [field.id, tidy(field, answers[field.id] ?? null)]),
  );
}

/** What may be written to the device: an answer that holds an individual number stays on the screen alone. */
export const answersToKeep = (answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(([, value]) => typeof value !== 'string' || !containsIndividualNumber(value)),
  );

/**
 * A draft with some answers written anew and the others as they were; what may not be kept is left out, and what the
 * ward refused about the answers written is settled.
 */
export const withAnswers = <D extends { answers: Answers; refused: FieldError[] }>(draft: D, written: Answers): D => ({
  ...draft,
  answers: answersToKeep({ ...draft.answers, ...written }),
  refused: draft.refused.filter((one) => !(one.field in written)),
});

/** What the device holds otherwise than the screen shows, but for the fields the screen holds fast. */
export const heldOtherwise = (kept: Answers, shown: Answers, isFast: (field: string) => boolean): Answers =>
  Object.fromEntries(
    Object.entries(kept).filter(([id, value]) => !isFast(id) && JSON.stringify(value) !== JSON.stringify(shown[id])),
  );

export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** Full-width digits and dashes become plain ones, +81 becomes 0, hiragana katakana, where the field asks for it. */
export function tidy(field: Field, value: Json): Json {
  if (typeof value !== 'string') return value;
  if (field.kind === 'LONG_TEXT') return value.trim().replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
  const text = value.trim();
  if (field.kind === 'KANA') return katakana(text.normalize('NFKC'));
  if (field.kind === 'PHONE') return fromHome(plainNumber(text));
  if (field.kind === 'POSTAL_CODE' || field.kind === 'NUMBER') return plainNumber(text);
  return text;
}

const plainNumber = (text: string): string =>
  text.normalize('NFKC').replace(/[\u2010-\u2015\u2212\u30fc]/g, '-').replace(/\s/g, '');

/** A number as it is written abroad (ITU-T E.123: +81, without the nought), as it is dialled here. */
const fromHome = (number: string): string => number.replace(/^\+81-?(?:\(0\)|0)?-?/, '0');

const katakana = (text: string): string =>
  text.replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));

/** A choice that a newer form offers or no longer does, in words. */
export type ChangedChoices = { field: string; gone: Text[]; fresh: Text[] };
/** `removed`: fields the form no longer asks, and what she had written there. `choices`: absent in a draft of before. */
export type Changed = { added: string[]; removed: (string | { label: Text; answer: Json })[]; choices?: ChangedChoices[] };

/** What a newer form asks otherwise than the older; with `answers`, what she had written where nothing is asked now. */
export function compareForms(older: Form, newer: Form, answers: Answers = {}): Changed {
  const [was, is] = [fieldsOf(older), fieldsOf(newer)];
  const lacks = (all: Field[]) => (field: Field) => !all.some((other) => other.id === field.id);
  return {
    added: is.filter(lacks(was)).map((field) => field.id),
    removed: was.filter(lacks(is)).map(({ id, label }) => ({ label, answer: answers[id] ?? null })),
    choices: is.flatMap((field) => changedChoices(was.find((one) => one.id === field.id), field)),
  };
}

function changedChoices(older: Field | undefined, newer: Field): ChangedChoices[] {
  if (!older) return [];
  const only = (one: Field, other: Field) =>
    one.choices.filter((choice) => !other.choices.some(({ value }) => value === choice.value)).map(({ label }) => label);
  const [gone, fresh] = [only(older, newer), only(newer, older)];
  return gone.length + fresh.length > 0 ? [{ field: newer.id, gone, fresh }] : [];
}

type Kept = { form: Form; answers: Answers; savedAt: string; changed: Changed | null };

/**
 * Is the form as home has it, heard of at `heardAt`, newer than the draft's: another version, or the same with other days
 * and people? Only one heard of after she last wrote: the ward may have sent one that home does not show yet.
 */
export const isNewer = (form: Form, heardAt: string, draft: Kept): boolean =>
  heardAt > draft.savedAt &&
  (form.version !== draft.form.version || JSON.stringify(form.schema) !== JSON.stringify(draft.form.schema));

/** The same answers on a newer form; what the new form asks anew is filled with what is known. */
export function carry<D extends Kept>(draft: D, form: Form): D {
  if (form.version !== draft.form.version) {
    return { ...draft, form, answers: { ...prefilled(form), ...draft.answers }, changed: compareForms(draft.form, form, draft.answers) };
  }
  const known = new Map(fieldsOf(draft.form).map((field) => [field.id, field.prefill]));
  const fields = (all: Field[]) => all.map((field) => ({ ...field, prefill: field.prefill ?? known.get(field.id) ?? null }));
  const sections = form.sections.map((section) => ({ ...section, fields: fields(section.fields) }));
  return { ...draft, form: { ...form, sections } };
}

/** Sources she does not let fill in this form, though they know what stands in it; none in a draft of before. */
export const heldBackOf = (form: Form): readonly string[] => form.heldBack ?? [];

const isFilledFrom = (sources: readonly string[]) => (field: Field): boolean =>
  field.prefill !== null && sources.includes(field.prefill.source);

/** Has she taken back, or given, her yes to filling in since the draft was begun? */
export const isHeldBack = (form: Form, draft: Kept): boolean => fieldsOf(draft.form).some(isFilledFrom(heldBackOf(form)));
export const isLetFill = (form: Form, draft: Kept): boolean =>
  heldBackOf(draft.form).some((source) => !heldBackOf(form).includes(source));

/** What was filled in from those sources is taken out again; what she put right or wrote herself stays. */
export function takeOut<D extends Kept>(draft: D, form: Form): D {
  const isGone = isFilledFrom(heldBackOf(form));
  const untouched = fieldsOf(draft.form)
    .filter((field) => isGone(field) && JSON.stringify(draft.answers[field.id]) === JSON.stringify(field.prefill?.value))
    .map(({ id }) => id);
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([id]) => !untouched.includes(id)));
  const fields = (all: Field[]) => all.map((field) => (isGone(field) ? { ...field, prefill: null } : field));
  const sections = draft.form.sections.map((section) => ({ ...section, fields: fields(section.fields) }));
  return carry({ ...draft, form: { ...draft.form, sections }, answers }, form);
}

/** What was hidden when the draft was begun and is shown now; what she wrote herself stays. */
export const isUnmasked = (form: Form, draft: Kept): boolean =>
  fieldsOf(draft.form).some((field) => field.masked) && !fieldsOf(form).some((field) => field.masked);

export const unmask = <D extends Kept>(draft: D, form: Form): D =>
  ({ ...carry(draft, form), answers: { ...prefilled(form), ...draft.answers } });
