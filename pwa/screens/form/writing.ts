import { useRef, useState } from 'preact/hooks';
import { answersToKeep, check, errorOf, tidy } from '../../data/form.ts';
import type { Json } from '../../data/graphql.ts';
import type { Answers, Field, FieldError } from '../../data/shapes.ts';
import { saveDraft, type Draft } from '../../device/drafts.ts';
import { go } from '../router.ts';

type Errors = readonly FieldError[];
type Save = (answers: Answers, errors: Errors) => void;

/** What she is writing: the answers on the screen, what is wrong with them, and when they were last saved. */
export function useWriting(first: Draft, refused: Errors) {
  const { save, mark, newest, ...shown } = useSaving(first, refused);
  const [asked, setAsked] = useState(0);
  const { errors } = shown;
  return {
    ...shown,
    asked,
    change(field: Field, value: Json) {
      const ends = field.refuse?.equals === value;
      save({ ...newest.current, [field.id]: value }, withErrorsOf(errors, field, ends ? value : null));
    },
    /** On leaving a field its answer is tidied and looked at; one that is empty is left for later. */
    leave(field: Field) {
      const value = newest.current[field.id];
      if (value === undefined || value === null || value === '' || errors.some((error) => isTold(error, field))) return;
      const tidied = tidy(field, value);
      const left = withErrorsOf(errors, field, tidied);
      if (tidied === value) mark(left);
      else save({ ...newest.current, [field.id]: tidied }, left);
    },
    review(event: Event) {
      event.preventDefault();
      const found = check(first.form, newest.current);
      save(newest.current, found);
      setAsked(asked + 1);
      if (!found.length) go(`/apply/${encodeURIComponent(first.step)}?review`);
    },
  };
}
export type Writing = ReturnType<typeof useWriting>;

function useSaving(first: Draft, refused: Errors) {
  const newest = useRef<Answers>(first.answers);
  const [answers, setAnswers] = useState(first.answers);
  const [errors, setErrors] = useState(refused);
  const [savedAt, setSavedAt] = useState(first.savedAt);
  const [failed, setFailed] = useState(false);
  const save: Save = (next, left) => {
    newest.current = next;
    setAnswers(next);
    setErrors(left);
    const savedAt = new Date().toISOString();
    const draft = { ...first, answers: answersToKeep(next), refused: stillRefused(refused, left), savedAt };
    saveDraft(draft).then(() => {
      setSavedAt(savedAt);
      setFailed(false);
    }, () => setFailed(true));
  };
  return { answers, errors, savedAt, failed, newest, save, mark: setErrors };
}

/** What the ward refused stays refused until she changes that answer. */
const stillRefused = (refused: Errors, left: Errors): FieldError[] =>
  refused.filter((one) => left.some((error) => error.field === one.field && error.message !== null));

/** The other fields' errors, and this one's where a value is given. */
function withErrorsOf(errors: Errors, field: Field, value: Json): Errors {
  const others = errors.filter((error) => error.field !== field.id);
  const error = value === null ? null : errorOf(field, value);
  return error ? [...others, error] : others;
}

/** Has the ward itself said something about this field, and she has not changed it since? */
const isTold = (error: FieldError, field: Field): boolean => error.field === field.id && error.message !== null;
