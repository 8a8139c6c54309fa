import type { Draft } from '../device/drafts.ts';
import type { OutboxItem } from '../device/outbox.ts';
import { fieldsOf, isEmpty, isShown } from './form.ts';
import type { Json } from './graphql.ts';
import type { Answers, Field, Form } from './shapes.ts';

/** Entered once, used in every form: what she wrote in other forms on this device is offered in this one. */

export type Prefill = NonNullable<Field['prefill']>;
type Written = { form: Form; answers: Answers; at: string };

/** The source of what she wrote herself in another form; every other source is a record somebody keeps. */
export const ENTERED = 'entered';
/** The source of what she had sent in this very form, which came back to her. */
export const SENT = 'sent';
export const isHers = ({ source }: Pick<Prefill, 'source'>): boolean => source === ENTERED || source === SENT;

/** The form, with the newest of what she wrote elsewhere where no record tells; a record is never overwritten. */
export function withEarlier(form: Form, step: string, drafts: readonly Draft[], outbox: readonly OutboxItem[], now = new Date()): Form {
  const offers = newestByTerm([...ofDrafts(step, drafts), ...ofOutbox(step, outbox)], now);
  const fields = (all: Field[]) => all.map((field) => ({ ...field, prefill: newer(field, offers.get(termId(field, form) ?? '')) }));
  return { ...form, sections: form.sections.map((section) => ({ ...section, fields: fields(section.fields) })) };
}

const ofDrafts = (step: string, drafts: readonly Draft[]): Written[] =>
  drafts.filter((one) => one.step !== step).map(({ form, answers, savedAt }) => ({ form, answers, at: savedAt }));

const ofOutbox = (step: string, outbox: readonly OutboxItem[]): Written[] =>
  outbox.flatMap(({ wish }) =>
    wish.kind === 'submit' && wish.step !== step ? [{ form: wish.form, answers: wish.answers, at: wish.completedAt }] : []);

/** As the house names it: a term about a person belongs to that person. Null: it is entered for this form alone. */
export function termId(field: Pick<Field, 'term'>, form: Pick<Form, 'subject'>): string | null {
  if (!field.term) return null;
  if (!field.term.startsWith('subject.')) return field.term;
  return form.subject === null ? null : `${field.term}:${form.subject}`;
}

/** As in the house: a term of one event is offered for as long as one event lasts. */
const EVENT_LASTS_MS = 90 * 86_400_000;
const isOver = (field: Field, at: string, now: Date): boolean =>
  !!field.term?.startsWith('event.') && Date.parse(at) + EVENT_LASTS_MS <= now.getTime();

function newestByTerm(written: readonly Written[], now: Date): Map<string, Prefill> {
  const found = new Map<string, Prefill>();
  for (const { form, answers, at } of [...written].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))) {
    for (const field of fieldsOf(form)) {
      const id = termId(field, form);
      const value = answers[field.id];
      if (id === null || value === undefined || isEmpty(value) || isOver(field, at, now)) continue;
      if (isShown(field, form, answers) && !isOnRecord(field, value)) {
        found.set(id, { value, source: ENTERED, asOf: at, writtenFor: form.title });
      }
    }
  }
  return found;
}

const isOnRecord = (field: Field, value: Prefill['value']): boolean =>
  !!field.prefill && !isHers(field.prefill) && isSame(field.prefill.value, value);

function newer(field: Field, offer: Prefill | undefined): Prefill | null {
  const told = field.prefill;
  if (!offer || !canShow(field, offer.value) || (told && told.source !== ENTERED)) return told;
  return told && Date.parse(told.asOf ?? '') > Date.parse(offer.asOf ?? '') ? told : offer;
}

/** Whether the field can show such a value, and a day can still be sent; the schema tells the rest. */
function canShow(field: Field, value: Prefill['value']): boolean {
  const offered = (one: unknown) => field.choices.some((choice) => choice.value === one);
  switch (field.kind) {
    case 'YES_NO': return typeof value === 'boolean';
    case 'CHOICE': return offered(value);
    case 'MANY_CHOICE': return Array.isArray(value) && value.every(offered);
    case 'DATE': return typeof value === 'string' && value >= (field.minDate ?? '') && value <= (field.maxDate ?? '9999-12-31');
    default: return typeof value === 'string';
  }
}

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A field whose answer is what was already known. */
export const isAsKnown = (field: Field, answers: Answers): boolean =>
  !!field.prefill && isSame(field.prefill.value, answers[field.id]);

/** Nothing is left to her but to read it over and agree: all that is shown is known, or may stay empty; never of what
 * came back to be corrected. */
export const isAllKnown = (form: Form, answers: Answers): boolean =>
  fieldsOf(form)
    .filter((field) => field.kind !== 'AGREEMENT' && isShown(field, form, answers))
    .every((field) => (isAsKnown(field, answers) && field.prefill?.source !== SENT) || (!field.required && isEmpty(answers[field.id])));

/** Fields that a record filled in with something wrong, and that she corrected. */
export const correctedIn = (form: Form, sent: Answers): string[] =>
  fieldsOf(form)
    .filter((field) => field.id in sent && !!field.prefill && !isHers(field.prefill) && !isAsKnown(field, sent))
    .map((field) => field.id);

/** A form sent back is written on where she left it: what she had sent stands as hers, where no record told it. */
export const asHers = (form: Form, sent: Answers, at: string | null): Form => ({
  ...form,
  sections: form.sections.map((section) => ({ ...section, fields: section.fields.map((field) => sentField(field, sent[field.id], at)) })),
});

function sentField(field: Field, value: Json | undefined, at: string | null): Field {
  if (value === undefined || (field.prefill && !isHers(field.prefill))) return field;
  return { ...field, prefill: canShow(field, value) ? { value, source: SENT, asOf: at, writtenFor: null } : null };
}
