import { useEffect, useRef, useState } from 'preact/hooks';
import { isEmpty } from '../../data/form.ts';
import { isSame } from '../../data/earlier.ts';
import { isSeen, placesShown, valueOf, type Asked } from '../../data/together.ts';
import type { Draft } from '../../device/drafts.ts';
import { useSpeech } from '../device-state.tsx';
import { ConflictNote } from '../form/conflict.tsx';
import { PapersPart } from '../form/papers.tsx';
import { isOpen } from '../../data/merging.ts';
import { FormChangedNote } from '../form/changed.tsx';
import { inputId } from '../form/field.tsx';
import { useSourceWords } from '../form/known.tsx';
import { useAnswerWords } from '../form/words.ts';
import { ToHandIn } from './papers.tsx';
import { Question, Saved, Wrong } from './questions.tsx';
import { SendAll } from './send.tsx';
import { errorFor, type Conversing } from './use-together.ts';
import { byOffice, useForWhich, type Office } from './words.ts';

/** All of it on one screen: to each office what goes there, each value with its source, to be changed where it stands. */
export function ReviewAll({ event, talk }: { event: string; talk: Conversing }) {
  const { say, pick } = useSpeech();
  const [opened, open] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const agreements = talk.all.filter((asked) => asked.field.kind === 'AGREEMENT' && isSeen(asked, talk.parts));
  const wrong = talk.all.filter((asked) => errorFor(asked, talk.errors) && isSeen(asked, talk.parts));
  const offices = byOffice(talk.parts, (draft) => draft.form.submitTo);
  const refusals = talk.parts.filter((draft) => draft.refusal);
  return (
    <>
      <p class="lead">{say('together.reviewLead', { n: talk.parts.length, offices: offices.length })}</p>
      <Saved talk={talk} />
      {tries > 0 && wrong.length > 0 && <Wrong key={tries} wrong={wrong} talk={talk} />}
      {refusals.map((draft) => (
        <p key={draft.step} class="alert" role="alert" data-testid={`refusal-${draft.step}`}>
          <strong>{pick(draft.form.title)}</strong>：{draft.refusal && pick(draft.refusal)}
        </p>
      ))}
      {talk.parts.map((draft) => draft.changed && <FormChangedNote key={draft.step} changed={draft.changed} form={draft.form} />)}
      {talk.parts.filter((draft) => isOpen(draft)).map((draft) => (
        <div key={draft.step}>
          <ConflictNote draft={draft} />
          <a href={`/apply/${encodeURIComponent(draft.step)}?write`}>{pick(draft.form.title)}</a>
        </div>
      ))}
      {offices.map((office) => <OfficePart key={office.name.ja} office={office} talk={talk} opened={opened} open={open} />)}
      <section aria-labelledby="agree">
        {agreements.length > 0 && <h2 id="agree">{say('together.agree')}</h2>}
        {agreements.map((asked) => <Question key={asked.field.id} asked={asked} talk={talk} isTold={tries > 0} />)}
      </section>
      <SendAll event={event} talk={talk} isReady={() => {
        if (wrong.length > 0) setTries(tries + 1);
        return wrong.length === 0 && !talk.parts.some((draft) => isOpen(draft));
      }} />
    </>
  );
}

type OfficeProps = { office: Office<Draft>; talk: Conversing; opened: string | null; open: (key: string | null) => void };

function OfficePart({ office, talk, opened, open }: OfficeProps) {
  const { say, pick } = useSpeech();
  const goes = (asked: Asked) => placesShown(asked, office.parts).length > 0;
  const id = `office-${office.parts[0]?.step}`;
  return (
    <section class="office" aria-labelledby={id} data-testid="office">
      <h2 id={id}>{pick(office.name)}</h2>
      <ul class="plain">{office.parts.map((draft) => <li key={draft.step}><strong>{pick(draft.form.title)}</strong></li>)}</ul>
      <dl class="facts">
        {talk.all.filter((asked) => asked.field.kind !== 'AGREEMENT' && goes(asked)).map((asked) => {
          const key = `${id} ${asked.field.id}`;
          return <Value key={key} asked={asked} talk={talk} office={office} isOpen={opened === key} open={(is) => open(is ? key : null)} />;
        })}
      </dl>
      {office.parts.map((draft) => <PapersPart key={draft.step} draft={draft} of={talk.parts.length > 1 ? `${pick(draft.form.title)}：` : ''} />)}
      {office.parts.map((draft) => <ToHandIn key={draft.step} procedure={draft.form.procedure} photographed={(draft.papers ?? []).map(({ paper }) => paper)} />)}
      <p class="note">{say('together.officeHelp')}</p>
    </section>
  );
}

type ValueProps = { asked: Asked; talk: Conversing; office: Office<Draft>; isOpen: boolean; open: (is: boolean) => void };

/** A value and who told it; what is still missing stands open, and stays so until she says that it is right. */
function Value({ asked, talk, office, isOpen, open }: ValueProps) {
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
  const inOffice = office.parts.filter((draft) => asked.places.some((place) => place.step === draft.step));
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
        {inOffice.length < office.parts.length && <span class="note">{forWhich(asked, inOffice.length ? office.parts : talk.parts)}</span>}
        <button type="button" class="link" ref={shut} aria-label={say('form.correctOne', { label: pick(asked.field.label) })} onClick={() => open(true)}>
          {say('together.change')}
        </button>
      </dd>
    </div>
  );
}
