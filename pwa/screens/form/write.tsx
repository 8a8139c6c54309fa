import { useEffect, useState } from 'preact/hooks';
import { isAsKnown } from '../../data/earlier.ts';
import { answersToKeep, isShown } from '../../data/form.ts';
import { isOpen } from '../../data/merging.ts';
import type { Field, FieldError } from '../../data/shapes.ts';
import type { Draft } from '../../device/drafts.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { HandIn } from '../parts/papers.tsx';
import { ConflictPart } from './conflict.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { FieldPart, inputId } from './field.tsx';
import { Known } from './known.tsx';
import { PapersPart } from './papers.tsx';
import { SignatureNote } from './signature.tsx';
import { useErrorWords } from './words.ts';
import { useWriting, type Writing } from './writing.ts';
import { Failed } from '../parts/states.tsx';

type WriteProps = { first: Draft; refused: readonly FieldError[]; due: string | null; onDelete: (draft: Draft) => void };

/** The form on one page. Every change is on the device before she can leave. */
export function Write({ first, refused, due, onDelete }: WriteProps) {
  const { say, pick } = useSpeech();
  const writing = useWriting(first, refused);
  const { form } = first;
  const attached = (first.papers ?? []).map(({ paper }) => paper);
  const opening = useOpening(refused);
  const isSeen = (field: Field) => isShown(field, form, writing.answers);
  const isWrong = (field: Field) => writing.errors.some((one) => one.field === field.id);
  const isRead = (field: Field) =>
    isSeen(field) && isAsKnown(field, writing.answers) && !opening.isOpen(field) && !isWrong(field) && !isOpen(first, field.id);
  return (
    <form noValidate onSubmit={writing.review}>
      <ErrorSummary key={writing.asked} form={form} errors={writing.asked || refused.length ? writing.errors : []} />
      <p>{pick(form.intro)}</p>
      <p class="note">{say('form.submitTo', { to: pick(form.submitTo) })}</p>
      <SignatureNote form={form} />
      <HandIn procedure={form.procedure} due={due} photographed={attached} />
      <Saved savedAt={writing.savedAt} failed={writing.failed} />
      {form.sections.map((section) => (
        <section key={section.id} class="form-section" aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`}>{pick(section.title)}</h2>
          <Known fields={section.fields.filter(isRead)} answers={writing.answers} onOpen={opening.open} />
          {section.fields.filter((field) => isSeen(field) && !isRead(field)).map((field) => (
            <OneField key={field.id} field={field} writing={writing} draft={first} />
          ))}
        </section>
      ))}
      <PapersPart draft={{ ...first, answers: answersToKeep(writing.answers) }} />
      <button class="button">{say('form.review')}</button>
      {writing.savedAt !== '' && <ul class="links"><li><a href={`/carry/${encodeURIComponent(first.step)}`}>{say('carry.give')}</a></li></ul>}
      {writing.savedAt !== '' && (
        <button
          type="button" class="button" data-kind="danger"
          onClick={() => onDelete({ ...first, answers: answersToKeep(writing.answers), savedAt: writing.savedAt })}
        >
          {say('form.delete')}
        </button>
      )}
    </form>
  );
}

/** Which of the known fields she has opened to correct; the one just opened takes the focus. */
function useOpening(refused: readonly FieldError[]) {
  const [opened, setOpened] = useState<readonly string[]>([]);
  const last = opened.at(-1);
  useEffect(() => {
    if (last === undefined) return;
    const place = document.getElementById(inputId({ id: last }));
    (place?.matches('fieldset') ? place.querySelector('input') : place)?.focus();
  }, [last]);
  const isRefused = (field: Field) => refused.some((error) => error.field === field.id);
  return {
    open: (field: Field) => setOpened([...opened, field.id]),
    isOpen: (field: Field) => opened.includes(field.id) || isRefused(field),
  };
}

function OneField({ field, writing, draft }: { field: Field; writing: Writing; draft: Draft }) {
  const wordsOf = useErrorWords();
  const error = writing.errors.find((one) => one.field === field.id);
  return (
    <>
      <FieldPart
        field={field} value={writing.answers[field.id]} error={error ? wordsOf(field, error) : null}
        onChange={(value) => writing.change(field, value)} onLeave={() => writing.leave(field)}
      />
      <ConflictPart field={field} draft={draft} mine={writing.answers[field.id]} onChoose={(value) => writing.choose(field, value)} />
    </>
  );
}

function Saved({ savedAt, failed }: { savedAt: string; failed: boolean }) {
  const { say, language } = useSpeech();
  if (failed) return <Failed>{say('storage.failed')}</Failed>;
  return (
    <p class="saved" role="status" data-testid="draft-saved" hidden={savedAt === ''}>
      {savedAt !== '' && say('form.saved', { time: moment(savedAt, language) })}
    </p>
  );
}
