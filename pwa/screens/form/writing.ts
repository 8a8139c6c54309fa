import { useEffect, useRef, useState } from 'preact/hooks';
import { heldOtherwise, tidy } from '../../data/form.ts';
import type { Json } from '../../data/graphql.ts';
import { check, errorOf } from '../../data/judging.ts';
import type { Answers, Field, FieldError } from '../../data/shapes.ts';
import { writeAnswers, type Draft } from '../../device/drafts.ts';
import { go } from '../router.ts';
import { inputId } from './field.tsx';

type Errors = readonly FieldError[];
type Left = (errors: Errors) => Errors;

/** What she is writing: the answers on the screen, what is wrong with them, and when they were last saved. */
export function useWriting(first: Draft, refused: Errors) {
  const { save, take, mark, newest, follow, ...shown } = useSaving(first, refused);
  const [asked, setAsked] = useState(0);
  const errorNow = (field: Field, value: Json) => errorOf(first.form, { ...newest.current, [field.id]: value }, field);
  return {
    ...shown,
    asked,
    change(field: Field, value: Json) {
      const ends = field.refuse?.equals === value ? errorNow(field, value) : null;
      save({ [field.id]: value }, (errors) => withErrorsOf(errors, field, ends));
    },
    /** She has chosen between two things that were written there. */
    choose: (field: Field, value: Json) => take({ [field.id]: value }, (errors) => withErrorsOf(errors, field, errorNow(field, value))),
    /** On leaving a field its answer is tidied and looked at; one that is empty is left for later. */
    leave(field: Field) {
      follow();
      const value = newest.current[field.id];
      if (value === undefined || value === null || value === '' || shown.errors.some((error) => isTold(error, field))) return;
      const tidied = tidy(field, value);
      const error = errorNow(field, tidied);
      const left: Left = (errors) => withErrorsOf(errors, field, error);
      if (tidied === value) mark(left);
      else save({ [field.id]: tidied }, left);
    },
    review(event: Event) {
      event.preventDefault();
      const found = check(first.form, newest.current);
      save({}, () => found);
      setAsked(asked + 1);
      if (!found.length) go(`/apply/${encodeURIComponent(first.step)}?review`);
    },
  };
}
export type Writing = ReturnType<typeof useWriting>;

/** Saves answer by answer, and follows what another tab writes into the same draft. */
function useSaving(first: Draft, refused: Errors) {
  const newest = useRef<Answers>(first.answers);
  const unsaved = useRef<Answers>({});
  const [answers, setAnswers] = useState(first.answers);
  const [errors, mark] = useState(refused);
  const [failed, setFailed] = useState(false);
  const show = (written: Answers, left: Left) => {
    newest.current = { ...newest.current, ...written };
    setAnswers(newest.current);
    mark(left);
  };
  const { follow, savedAt } = useFollowing(first, (kept) => {
    const others = heldOtherwise(kept, newest.current, (id) => id in unsaved.current || isTypedIn(id));
    if (Object.keys(others).length) show(others, (left) => left.filter((error) => !(error.field in others)));
  });
  const save = (written: Answers, left: Left) => {
    const seen = Object.fromEntries(Object.keys(written).map((id) => [id, newest.current[id] ?? null]));
    show(written, left);
    unsaved.current = { ...unsaved.current, ...written };
    writeAnswers({ ...first, answers: newest.current }, written, seen).then((kept) => {
      unsaved.current = heldOtherwise(unsaved.current, written, () => false);
      setFailed(false);
      follow(kept);
    }, () => setFailed(true));
  };
  return { answers, errors, savedAt, failed, newest, save, take: show, mark, follow };
}

/** Hands on the newest draft seen on the device: at each change of it, and whenever she leaves a field. */
function useFollowing(first: Draft, take: (kept: Answers) => void) {
  const latest = useRef(first);
  const [savedAt, setSavedAt] = useState(first.savedAt);
  const follow = (kept = latest.current) => {
    if (kept.savedAt >= latest.current.savedAt) latest.current = kept;
    setSavedAt(latest.current.savedAt);
    take(latest.current.answers);
  };
  useEffect(() => follow(first), [first.savedAt]);
  return { follow, savedAt };
}

/** The field with the caret is left alone until she leaves it. */
const isTypedIn = (id: string): boolean => document.hasFocus() && document.activeElement?.id === inputId({ id });

/** The other fields' errors, and this one's. */
function withErrorsOf(errors: Errors, field: Field, error: FieldError | null): Errors {
  const others = errors.filter((one) => one.field !== field.id);
  return error ? [...others, error] : others;
}

/** Has the ward itself said something about this field, and she has not changed it since? */
const isTold = (error: FieldError, field: Field): boolean => error.field === field.id && error.message !== null;
