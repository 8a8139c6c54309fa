import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { ShowRepresentedForm, SubmitOnBehalf } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import { answersToSend, isShown, tidy } from '../../data/form.ts';
import { check } from '../../data/judging.ts';
import type { Answers, FieldError, Form } from '../../data/shapes.ts';
import { localTime, rightNow } from '../../data/clock.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { ErrorSummary } from '../form/error-summary.tsx';
import { FieldPart } from '../form/field.tsx';
import { useErrorWords } from '../form/words.ts';
import { useAskedFirst } from '../parts/asked-first.ts';
import { Page } from '../parts/page.tsx';
import type { Step } from './acting.tsx';
import { Trouble, useAsked } from './asking.tsx';
import { Sure, Words } from './mandate.tsx';

type Props = { mandate: string; name: string; step: Step; close: () => void };

/** What is left to write for another. Nothing of it stays on this device, so who leaves is asked first. */
export function ActingForm({ mandate, name, step, close }: Props) {
  const { say, pick } = useSpeech();
  const { value, trouble, again } = useAsked(
    () => had(async () => (await ask(ShowRepresentedForm, { mandate, step: step.id })).viewer?.representedForm, 'RepresentedForm'),
    step.id,
  );
  const [receipt, sent] = useState<string | null>(null);
  const [isWritten, wrote] = useState(false);
  const { isAsking, leave, stay, goOn } = useAskedFirst(isWritten && receipt === null);
  const title = `${say('acting.title', { name })}｜${pick(step.name)}`;
  return (
    <Page key={receipt ?? 'write'} title={title}>
      <Trouble trouble={trouble} again={again} to="/family" />
      {receipt !== null && (
        <div class="receipt" role="status">
          <p><strong>{say('acting.sent')}</strong></p>
          <p>{say('acting.number')}: <span class="number">{receipt}</span></p>
        </div>
      )}
      {receipt === null && value && (
        <>
          <p>{pick(value.form.intro)}</p>
          {value.withheld.length > 0 && (
            <div class="box"><h2 class="small">{say('acting.withheld')}</h2><p><Words texts={value.withheld} /></p></div>
          )}
          <p class="note">{say('acting.keep')}</p>
          <Write form={value.form} mandate={mandate} name={name} sent={sent} wrote={() => wrote(true)} />
        </>
      )}
      {isAsking
        ? <Sure title={say('acting.lose')} effect={say('acting.loseEffect')} yes={say('acting.loseYes')} no={say('acting.loseNo')} act={goOn} close={stay} />
        : <button type="button" class="button" data-kind="outline" onClick={() => leave(close)}>{say('back')}</button>}
    </Page>
  );
}

type WriteProps = { form: Form; mandate: string; name: string; sent: (receipt: string) => void; wrote: () => void };

function Write({ form, mandate, name, sent, wrote }: WriteProps) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const wordsOf = useErrorWords();
  const [id] = useState(() => crypto.randomUUID());
  const [answers, setAnswers] = useState<Answers>({});
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [tries, setTries] = useState(0);
  const [sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const review = (event: Event) => {
    event.preventDefault();
    const found = check(form, answers);
    setErrors(found);
    setTries(tries + 1);
    setSure(found.length === 0);
  };
  const send = async () => {
    const input = {
      id, procedure: form.procedure, version: form.version, subject: form.subject,
      answers: answersToSend(form, answers), completedAt: localTime(rightNow().at),
    };
    const told = await had(async () => (await ask(SubmitOnBehalf, { onBehalf: mandate, input })).submitOnBehalf, 'SentOnBehalf');
    setTrouble(told.trouble);
    if (told.value) sent(told.value.receiptNumber);
  };
  return (
    <form noValidate onSubmit={review}>
      <ErrorSummary key={tries} form={form} errors={tries ? errors : []} />
      {form.sections.map((section) => (
        <section key={section.id} class="form-section" aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`}>{pick(section.title)}</h2>
          {section.fields.filter((field) => isShown(field, form, answers)).map((field) => {
            const error = errors.find((one) => one.field === field.id);
            return (
              <FieldPart
                key={field.id} field={field} value={answers[field.id]} error={error ? wordsOf(field, error) : null}
                onChange={(value) => { wrote(); setSure(false); setAnswers({ ...answers, [field.id]: value }); }}
                onLeave={() => { const value = answers[field.id]; if (value !== undefined) setAnswers({ ...answers, [field.id]: tidy(field, value) }); }}
              />
            );
          })}
        </section>
      ))}
      {sure
        ? (
          <Sure
            title={say('acting.sendSure', { name })} effect={say('acting.sendEffect')} yes={say('acting.send')} kind="primary"
            act={() => void send()} close={() => setSure(false)}
          >
            <Trouble trouble={trouble} to="/family" />
          </Sure>
        )
        : <button class="button" disabled={!reached}>{say('form.review')}</button>}
    </form>
  );
}
