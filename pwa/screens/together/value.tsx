import { useEffect, useRef, useState } from 'preact/hooks';
import { isSame } from '../../data/earlier.ts';
import { isEmpty } from '../../data/form.ts';
import { valueOf, type Asked } from '../../data/together.ts';
import type { Draft } from '../../device/drafts.ts';
import { useSpeech } from '../device-state.tsx';
import { inputId } from '../form/field.tsx';
import { useSourceWords } from '../form/known.tsx';
import { useAnswerWords } from '../form/words.ts';
import { Question } from './questions.tsx';
import { errorFor, type Conversing } from './use-together.ts';
import { useForWhich } from './words.ts';

type ListProps = { id: string; all: readonly Asked[]; talk: Conversing; parts: readonly Draft[]; opened: string | null; open: (key: string | null) => void };

/** Values of these procedures, each to be changed where it stands; what she need not tell and has not told is folded away. */
export function Values({ id, all, talk, parts, opened, open }: ListProps) {
  const { say } = useSpeech();
  const keyOf = (asked: Asked) => `${id} ${asked.field.id}`;
  const [leftOut] = useState(() => all.filter((asked) => !asked.field.required && isEmpty(valueOf(asked, talk.parts))).map(keyOf));
  const isFolded = (asked: Asked) => leftOut.includes(keyOf(asked)) && !errorFor(asked, talk.errors);
  const listed = (shown: readonly Asked[]) => (
    <dl class="facts values">
      {shown.map((asked) => {
        const key = keyOf(asked);
        return <Value key={key} asked={asked} talk={talk} parts={parts} isOpen={opened === key} open={(is) => open(is ? key : null)} />;
      })}
    </dl>
  );
  const left = all.filter(isFolded);
  return (
    <>
      {listed(all.filter((asked) => !isFolded(asked)))}
      {left.length > 0 && (
        <details class="more">
          <summary>{say('together.leftOut', { n: left.length })}</summary>
          {listed(left)}
        </details>
      )}
    </>
  );
}

type ValueProps = { asked: Asked; talk: Conversing; parts: readonly Draft[]; isOpen: boolean; open: (is: boolean) => void };

/** A value and who told it; what is still missing stands open, and stays so until she says that it is right. */
function Value({ asked, talk, parts, isOpen, open }: ValueProps) {
  const { say, pick } = useSpeech();
  const inWords = useAnswerWords();
  const wordsOfSource = useSourceWords();
  const forWhich = useForWhich();
  const value = valueOf(asked, talk.parts);
  const error = errorFor(asked, talk.errors);
  const { prefill } = asked.field;
  const [held, hold] = useState(error !== null);
  const shut = useRef<HTMLButtonElement>(null);
  const close = () => {
    hold(false);
    open(false);
    requestAnimationFrame(() => shut.current?.focus());
  };
  useEffect(() => {
    if (error) hold(true);
  }, [error !== null]);
  const concerned = parts.filter((draft) => asked.places.some((place) => place.step === draft.step));
  useEffect(() => {
    if (!isOpen) return;
    const place = document.getElementById(inputId(asked.field));
    (place?.matches('fieldset') ? place.querySelector('input') : place)?.focus();
  }, [isOpen]);
  if (isOpen || held || error) {
    return (
      <div data-testid={`value-${asked.places[0]?.field.id}`}>
        <dt class="visually-hidden">{pick(asked.field.label)}</dt>
        <dd>
          <Question asked={asked} talk={talk} isTold={held || !isEmpty(value)} />
          {!error && <button type="button" class="button" data-kind="quiet" onClick={close}>{say('together.done')}</button>}
        </dd>
      </div>
    );
  }
  return (
    <div data-testid={`value-${asked.places[0]?.field.id}`}>
      <dt>{pick(asked.field.label)}</dt>
      <dd>
        {inWords(asked.field, value)}
        {prefill && isSame(prefill.value, value)
          ? <span class="told">{wordsOfSource(prefill)}</span>
          : value !== undefined && <span class="note">{say(prefill ? 'form.edited' : 'together.toldNow')}</span>}
        {concerned.length < parts.length && <span class="note">{forWhich(asked, concerned.length ? parts : talk.parts)}</span>}
        <button type="button" class="link" ref={shut} aria-label={say('form.correctOne', { label: pick(asked.field.label) })} onClick={() => open(true)}>
          {say('together.change')}
        </button>
      </dd>
    </div>
  );
}
