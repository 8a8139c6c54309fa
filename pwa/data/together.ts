import type { Draft } from '../device/drafts.ts';
import { isAsKnown, isHers, isSame, termId } from './earlier.ts';
import { isEmpty, isShown } from './form.ts';
import type { Json } from './graphql.ts';
import { check } from './judging.ts';
import type { Answers, Field, FieldError, Form, Text } from './shapes.ts';

/** One life event, one conversation: the fields of all forms put together, so that each thing is asked once. */

/** A field of one of the forms. */
export type Place = { step: string; form: Form; field: Field };
/** One thing to be told, and everywhere it stands. `field`: as it is asked, under an id of its own. */
export type Asked = { field: Field; section: Text; places: readonly Place[] };

/** Every field of these forms, in their order; what is one and the same to her stands once. */
export function merged(forms: readonly { step: string; form: Form }[]): Asked[] {
  const groups = new Map<string, { section: Text; places: Place[] }[]>();
  const all: { section: Text; places: Place[] }[] = [];
  for (const { step, form } of forms) {
    for (const section of form.sections) {
      for (const field of section.fields) {
        const key = keyOf(step, form, field);
        const same = groups.get(key) ?? [];
        const place = { step, form, field };
        const group = same.find((one) => one.places.every((other) => goWith(other.field, field)));
        if (group) group.places.push(place);
        else {
          const fresh = { section: section.title, places: [place] };
          all.push(fresh);
          groups.set(key, [...same, fresh]);
        }
      }
    }
  }
  return all.map(({ section, places }, index) => ({ section, places, field: asOne(`t${index}`, places) }));
}

/** By its term, of one person; agreements by their very words; what is of one form alone by itself. */
function keyOf(step: string, form: Form, field: Field): string {
  const kind = [field.kind, ...field.choices.map((choice) => choice.value)];
  if (field.kind === 'AGREEMENT') return JSON.stringify(['agreement', field.label.ja, field.help?.ja ?? '']);
  const term = termId(field, form);
  return JSON.stringify(term === null ? [step, field.id] : [term, ...kind]);
}

/** Not where two records tell otherwise, or where no day would do for both. */
function goWith(one: Field, other: Field): boolean {
  const told = [one, other].flatMap(({ prefill }) => (prefill && !isHers(prefill) ? [prefill.value] : []));
  if (told.length === 2 && !isSame(told[0], told[1])) return false;
  const [from, until] = daysOf([one, other]);
  return from === null || until === null || from <= until;
}

const daysOf = (fields: readonly Field[]): [string | null, string | null] => [
  fields.flatMap((field) => field.minDate ?? []).sort().at(-1) ?? null,
  fields.flatMap((field) => field.maxDate ?? []).sort()[0] ?? null,
];

/** As strict as the strictest of them, and known as soon as it is known for one. */
function asOne(id: string, places: readonly Place[]): Field {
  const fields = places.map((place) => place.field);
  const [first] = fields as [Field];
  const [minDate, maxDate] = daysOf(fields);
  const lengths = fields.flatMap((field) => field.maxLength ?? []);
  const told = fields.map((field) => field.prefill).filter((prefill) => prefill !== null);
  return {
    ...first, id, minDate, maxDate, showIf: null,
    required: fields.some((field) => field.required),
    maxLength: lengths.length ? Math.min(...lengths) : null,
    prefill: told.find((one) => !isHers(one)) ?? told[0] ?? null,
    help: fields.find((field) => field.help)?.help ?? null,
    refuse: fields.find((field) => field.refuse)?.refuse ?? null,
    masked: fields.some((field) => field.masked),
  };
}

const draftOf = (place: Place, drafts: readonly Draft[]): Draft | undefined =>
  drafts.find((draft) => draft.step === place.step);

/** Where it is shown, as she has answered the rest. */
export const placesShown = (asked: Asked, drafts: readonly Draft[]): Place[] =>
  asked.places.filter((place) => {
    const draft = draftOf(place, drafts);
    return !!draft && isShown(place.field, draft.form, draft.answers);
  });
export const isSeen = (asked: Asked, drafts: readonly Draft[]): boolean => placesShown(asked, drafts).length > 0;

/** What it holds: her own newest word, else what is known; undefined: nothing. */
export function valueOf(asked: Asked, drafts: readonly Draft[]): Json | undefined {
  const held = asked.places.flatMap((place) => {
    const draft = draftOf(place, drafts);
    const value = draft?.answers[place.field.id];
    return draft && value !== undefined && !isEmpty(value)
      ? [{ value, at: draft.savedAt, isKnown: isAsKnown(place.field, draft.answers) }] : [];
  });
  const hers = held.filter((one) => !one.isKnown).sort((one, other) => one.at.localeCompare(other.at)).at(-1);
  return (hers ?? held[0])?.value;
}

/** The drafts with what is told in one of them put into all; nothing that she emptied herself comes back. */
export function shared(drafts: readonly Draft[], all: readonly Asked[]): Draft[] {
  const told = all.filter((asked) => asked.places.length > 1).map((asked) => ({ asked, value: valueOf(asked, drafts) }));
  return drafts.map((draft) => {
    const more: Answers = {};
    for (const { asked, value } of told) {
      for (const place of asked.places) if (place.step === draft.step && value !== undefined) more[place.field.id] = value;
    }
    return { ...draft, answers: { ...draft.answers, ...more } };
  });
}

/** Nobody has told it yet, so it is asked; agreements wait for the end, where she sees to what. */
export const isUnknown = ({ field }: Asked): boolean => field.prefill === null && field.kind !== 'AGREEMENT';

/** `wanted` must be told; `more` may stay empty. */
export type PageOfQuestions = { wanted: Asked[]; more: Asked[] };
const AT_ONCE = 6;

/** What is to be asked, a few at a time; what hangs on another's answer stands on the same page as that. */
export function pagesOf(all: readonly Asked[]): PageOfQuestions[] {
  const pages: PageOfQuestions[] = [];
  for (const section of bySection(all.filter(isUnknown))) {
    const last = pages.at(-1);
    const size = section.filter(isCounted).length;
    const page = last && last.wanted.filter(isCounted).length + size <= AT_ONCE ? last : { wanted: [], more: [] };
    if (page !== last) pages.push(page);
    for (const asked of section) (asked.field.required ? page.wanted : page.more).push(asked);
  }
  const asking = pages.filter((page) => page.wanted.length > 0);
  const rest = pages.filter((page) => page.wanted.length === 0).flatMap((page) => page.more);
  const last = asking.at(-1);
  if (last) last.more.push(...rest);
  return last || rest.length === 0 ? asking : [{ wanted: [], more: rest }];
}

const isCounted = ({ field, places }: Asked): boolean => field.required && places.every((place) => !place.field.showIf);

function bySection(all: readonly Asked[]): Asked[][] {
  const found = new Map<string, Asked[]>();
  for (const asked of all) {
    const key = `${asked.places[0]?.step} ${asked.section.ja}`;
    found.set(key, [...(found.get(key) ?? []), asked]);
  }
  return [...found.values()];
}

/** What is wrong with each thing, by the schema of every form it stands in; the first fault counts. */
export function faults(all: readonly Asked[], drafts: readonly Draft[]): Map<string, FieldError> {
  const found = new Map<string, FieldError>();
  for (const draft of drafts) {
    const told = [...draft.refused, ...check(draft.form, draft.answers)];
    for (const error of told) {
      const asked = all.find(({ places }) => places.some((one) => one.step === draft.step && one.field.id === error.field));
      if (asked && !found.has(asked.field.id)) found.set(asked.field.id, { ...error, field: asked.field.id });
    }
  }
  return found;
}

/** What is to be written into each draft when one thing is told. */
export const writtenBy = (asked: Asked, value: Json): Map<string, Answers> => {
  const found = new Map<string, Answers>();
  for (const { step, field } of asked.places) found.set(step, { ...found.get(step), [field.id]: value });
  return found;
};
