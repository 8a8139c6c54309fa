import { useState } from 'preact/hooks';
import { answer } from '../../data/live.ts';
import type { Json } from '../../data/graphql.ts';
import type { Question } from '../../data/shapes.ts';
import { shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

/** A question answered where it stands; the answer waits on the device when there is no network. */
export function QuestionPart({ step, question, told = null }: { step: string; question: Question; told?: Json }) {
  const { outbox, snapshot } = useDevice();
  const { say, pick } = useSpeech();
  const inWords = useAnswerInWords(question);
  const mine = outbox.find((item) => item.wish.kind === 'answer' && item.wish.fact === question.fact);
  const value = mine?.wish.kind === 'answer' ? mine.wish.value : told;
  const state = mine?.outcome.state;
  const waits = mine?.needsSignIn || snapshot.signedOut?.value ? 'ask.signIn' : 'ask.waiting';
  return (
    <div class="question">
      {question.kind === 'YES_NO'
        ? <YesNo step={step} question={question} chosen={value} />
        : <OneValue step={step} question={question} chosen={value} />}
      <p class="note" role="status">
        {state === 'waiting' && say(waits, { answer: inWords(value) })}
        {state === 'sending' && say('ask.sending', { answer: inWords(value) })}
      </p>
      {mine?.outcome.state === 'refused' && (
        <p class="error" role="alert">{pick(mine.outcome.fields[0]?.message ?? mine.outcome.message)}</p>
      )}
    </div>
  );
}

type Asked = { step: string; question: Question; chosen: Json };

function YesNo({ step, question, chosen }: Asked) {
  const { say, pick } = useSpeech();
  return (
    <fieldset>
      <legend><Asks question={question} /></legend>
      {question.help && <p class="note">{pick(question.help)}</p>}
      <div class="pair">
        {[true, false].map((value) => (
          <button
            key={String(value)} type="button" class="button" data-kind="outline" aria-pressed={chosen === value}
            onClick={() => void answer(step, question, value)}
          >
            {say(value ? 'yes' : 'no')}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function OneValue({ step, question, chosen }: Asked) {
  const { say, pick } = useSpeech();
  const [value, setValue] = useState(typeof chosen === 'string' ? chosen : '');
  const id = `ask-${question.fact}`;
  const send = (event: Event) => {
    event.preventDefault();
    if (value !== '') void answer(step, question, value);
  };
  return (
    <form onSubmit={send} noValidate>
      <label for={id}><Asks question={question} /></label>
      {question.help && <p class="note">{pick(question.help)}</p>}
      {question.kind === 'DATE'
        ? <input id={id} type="date" {...daysOf(question)} value={value} onInput={(event) => setValue(event.currentTarget.value)} />
        : (
          <select id={id} value={value} onChange={(event) => setValue(event.currentTarget.value)}>
            <option value="">{say('ask.choose')}</option>
            {question.choices.map((choice) => <option key={choice.value} value={choice.value}>{pick(choice.label)}</option>)}
          </select>
        )}
      <button class="button" data-kind="outline" disabled={value === ''} aria-label={say('consents.about', { name: pick(question.label), act: say('ask.send') })}>{say('ask.send')}</button>
    </form>
  );
}

/** What is asked, and about whom: two children bring the same question twice. */
function Asks({ question }: { question: Question }) {
  const { say, pick } = useSpeech();
  return (
    <>
      {question.subject && <span class="for-whom">{say('step.forWhom', { name: question.subject.name })}</span>}
      {pick(question.label)}
    </>
  );
}

/** The first and the last day, counted when home was told; a copy of home from before there were such has none. */
const daysOf = ({ minDate, maxDate }: Question) => ({ min: minDate ?? undefined, max: maxDate ?? undefined });

function useAnswerInWords(question: Question): (value: Json) => string {
  const { say, pick, language } = useSpeech();
  return (value) => {
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
    if (typeof value !== 'string') return '';
    if (question.kind === 'DATE') return shortDay(value, language);
    const choice = question.choices.find((one) => one.value === value);
    return choice ? pick(choice.label) : value;
  };
}
