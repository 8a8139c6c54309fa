import { useEffect, useRef, useState } from 'preact/hooks';
import { isEmpty } from '../../data/form.ts';
import { isSeen, valueOf, type Asked, type PageOfQuestions } from '../../data/together.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { FieldPart, inputId } from '../form/field.tsx';
import { useErrorWords } from '../form/words.ts';
import { go } from '../router.ts';
import { errorFor, type Conversing } from './use-together.ts';
import { useForWhich } from './words.ts';
import { Failed } from '../parts/states.tsx';

type Props = { page: PageOfQuestions; at: number; of: number; talk: Conversing; next: string };

/** A few questions at a time, each saying what it is for; every answer is on the device before she goes on. */
export function Questions({ page, at, of, talk, next }: Props) {
  const { say } = useSpeech();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tries, setTries] = useState(0);
  const seen = [...page.wanted, ...page.more].filter((asked) => isSeen(asked, talk.parts));
  const wrong = seen.filter((asked) => errorFor(asked, talk.errors));
  const goOn = (event: Event) => {
    event.preventDefault();
    if (wrong.length === 0) return go(next);
    setLeft(new Set(seen.map((asked) => asked.field.id)));
    setTries(tries + 1);
  };
  const isTold = (asked: Asked) =>
    errorFor(asked, talk.errors)?.message !== null || left.has(asked.field.id) && (tries > 0 || !isEmpty(valueOf(asked, talk.parts)));
  const ask = (asked: Asked) => (
    <Question
      key={asked.field.id} asked={asked} talk={talk} isTold={isTold(asked)}
      onLeave={() => setLeft(new Set([...left, asked.field.id]))}
    />
  );
  const more = page.more.filter((asked) => isSeen(asked, talk.parts));
  return (
    <form noValidate onSubmit={goOn}>
      <progress class="progress" max={of} value={at} aria-label={say('together.pageTitle', { n: at, all: of })} />
      <Saved talk={talk} />
      {tries > 0 && wrong.length > 0 && <Wrong key={tries} wrong={wrong} talk={talk} />}
      {page.wanted.filter((asked) => isSeen(asked, talk.parts)).map(ask)}
      {more.length > 0 && (
        <details class="more" open={more.some((asked) => errorFor(asked, talk.errors))}>
          <summary>{say('together.more', { n: more.length })}</summary>
          {more.map(ask)}
        </details>
      )}
      <button class="button">{say(at < of ? 'together.next' : 'together.toReview')}</button>
    </form>
  );
}

export function Saved({ talk: { savedAt, failed, isSaving } }: { talk: Conversing }) {
  const { say, language } = useSpeech();
  if (failed) return <Failed>{say('storage.failed')}</Failed>;
  return (
    <p class="saved" role="status" data-testid="draft-saved" hidden={savedAt === '' || isSaving}>
      {savedAt !== '' && say('form.saved', { time: moment(savedAt, language) })}
    </p>
  );
}

type QuestionProps = { asked: Asked; talk: Conversing; isTold: boolean; onLeave?: () => void };

/** One thing to tell, and for which procedures. */
export function Question({ asked, talk, isTold, onLeave }: QuestionProps) {
  const wordsOf = useErrorWords();
  const forWhich = useForWhich();
  const error = isTold ? errorFor(asked, talk.errors) : null;
  return (
    <div class="asked" data-testid={`asked-${asked.places[0]?.field.id}`}>
      <p class="for-which">{forWhich(asked, talk.parts)}</p>
      <FieldPart
        field={asked.field} value={valueOf(asked, talk.parts)} error={error ? wordsOf(asked.field, error) : null}
        onChange={(value) => talk.change(asked, value)}
        onLeave={() => {
          talk.leave(asked);
          onLeave?.();
        }}
      />
    </div>
  );
}

/** All that must be looked at on this page; takes the focus. */
export function Wrong({ wrong, talk }: { wrong: readonly Asked[]; talk: Conversing }) {
  const box = useRef<HTMLDivElement>(null);
  const { say } = useSpeech();
  const wordsOf = useErrorWords();
  useEffect(() => box.current?.focus(), []);
  const toInput = (event: Event, asked: Asked) => {
    event.preventDefault();
    const place = document.getElementById(inputId(asked.field));
    const input = place?.matches('fieldset') ? place.querySelector('input') : place;
    place?.scrollIntoView({ block: 'center' });
    input?.focus();
  };
  return (
    <div class="alert" role="alert" ref={box} tabIndex={-1}>
      <h2>{say('form.errors', { n: wrong.length })}</h2>
      <ul>
        {wrong.map((asked) => {
          const error = errorFor(asked, talk.errors);
          return error && (
            <li key={asked.field.id}>
              <a href={`#${inputId(asked.field)}`} onClick={(event) => toInput(event, asked)}>{wordsOf(asked.field, error)}</a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
