import { useEffect, useState } from 'preact/hooks';
import { correctedIn, isAllKnown } from '../../data/earlier.ts';
import { fieldsOf, isShown } from '../../data/form.ts';
import { check } from '../../data/judging.ts';
import { isOpen } from '../../data/merging.ts';
import { mayBeSent } from '../../data/may-be-sent.ts';
import { submit } from '../../data/wishes.ts';
import { saveDraft, writeAnswers, type Draft } from '../../device/drafts.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { go } from '../router.ts';
import { Line } from '../parts/line.tsx';
import { HandIn } from '../parts/papers.tsx';
import { WaitsFirst } from '../tasks/waits-first.tsx';
import { FieldPart } from './field.tsx';
import { useSourceWords } from './known.tsx';
import { papersOf, Preview } from './papers.tsx';
import { Sign } from './sign.tsx';
import { SignatureNote } from './signature.tsx';
import { useAnswerWords, useErrorWords } from './words.ts';

/** Everything she wrote, read over once before it goes. */
export function Review({ draft, due }: { draft: Draft; due: string | null }) {
  const { say, pick } = useSpeech();
  const inWords = useAnswerWords();
  const wordsOf = useErrorWords();
  const { form, answers, papers = [] } = draft;
  const attached = papers.map(({ paper }) => paper);
  const errors = check(form, answers);
  const wordsOfSource = useSourceWords();
  const corrected = correctedIn(form, answers);
  const path = `/apply/${encodeURIComponent(draft.step)}?write`;
  const agreesHere = isAllKnown(form, answers);
  const agreements = agreesHere ? fieldsOf(form).filter((field) => field.kind === 'AGREEMENT') : [];
  return (
    <>
      <p>{say(agreesHere ? 'form.allKnownLead' : 'form.reviewLead')}</p>
      <p class="note">{say('form.submitTo', { to: pick(form.submitTo) })}</p>
      <SignatureNote form={form} />
      {form.sections.map((section) => (
        <section key={section.id} aria-labelledby={`review-${section.id}`}>
          <h2 id={`review-${section.id}`}>{pick(section.title)}</h2>
          <dl class="facts">
            {section.fields.filter((field) => isShown(field, form, answers)).map((field) => {
              if (agreements.includes(field)) return null;
              const error = errors.find((one) => one.field === field.id);
              return (
                <Line key={field.id} term={pick(field.label)}>
                  {inWords(field, answers[field.id])}
                  {corrected.includes(field.id) && field.prefill && (
                    <span class="note corrected" data-testid={`corrected-${field.id}`}>
                      <strong>{say('form.corrected')}</strong>{' '}
                      {say('form.correctedFrom', { value: inWords(field, field.prefill.value), told: wordsOfSource(field.prefill) })}
                    </span>
                  )}
                  {error && <span class="error">{wordsOf(field, error)}</span>}
                </Line>
              );
            })}
          </dl>
          <a class="button" data-kind="quiet" href={path}>{say('form.edit')}</a>
        </section>
      ))}
      <ReviewedPapers draft={draft} />
      <HandIn procedure={form.procedure} due={due} photographed={attached} />
      {agreements.map((field) => (
        <FieldPart
          key={field.id} field={field} value={answers[field.id]} error={null}
          onChange={(value) => void writeAnswers(draft, { [field.id]: value })} onLeave={() => undefined}
        />
      ))}
      <WaitsFirst steps={[draft.step]} />
      {errors.length === 0 && !isOpen(draft) && <><FiledRule /><Send draft={draft} /></>}
    </>
  );
}

/** The photographs that go with it. */
function ReviewedPapers({ draft }: { draft: Draft }) {
  const { say, pick } = useSpeech();
  const papers = draft.papers ?? [];
  if (!papers.length) return null;
  const nameOf = (id: string) => papersOf(draft.form).find((one) => one.id === id)?.name;
  return (
    <section aria-labelledby="review-papers">
      <h2 id="review-papers">{say('papers.title')}</h2>
      <ul class="plain paper-list">
        {papers.map((paper) => <li key={paper.id}><Preview paper={paper} /><span>{pick(nameOf(paper.paper) ?? { ja: '', easy: '', en: '' })}</span></li>)}
      </ul>
      <a class="button" data-kind="quiet" href={`/apply/${encodeURIComponent(draft.step)}?write`}>{say('form.edit')}</a>
    </section>
  );
}

/** Which moment counts, told where it matters: without a network it is not the moment at which she presses. */
function FiledRule() {
  const { pick } = useSpeech();
  const { viewer } = useDevice().snapshot;
  const { reached } = useLine();
  const rule = viewer?.value.filedRule;
  return !reached && rule ? <p class="note" data-testid="filed-rule">{pick(rule)}</p> : null;
}

/** Sends once: the button is dead from the first touch on. */
function Send({ draft }: { draft: Draft }) {
  const { outbox } = useDevice();
  const { say } = useSpeech();
  const { reached } = useLine();
  const [pressed, setPressed] = useState(false);
  const earlier = outbox
    .filter((item) => item.wish.kind === 'submit' && item.wish.step === draft.step && item.outcome.state === 'refused')
    .map((item) => item.id);
  const path = `/apply/${encodeURIComponent(draft.step)}?review`;
  const keep = () => saveDraft({ ...draft, savedAt: new Date().toISOString() });
  const send = async () => {
    setPressed(true);
    try {
      if (reached && !(await mayBeSent(draft.form.procedure, `${path}&send`, keep))) return setPressed(false);
      go(`/applications/${await submit(draft, draft.form.title, earlier)}`, 'replace');
    } catch (cause) {
      setPressed(false);
      reportError(cause);
    }
  };
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    if (!query.has('send')) return;
    go(path, 'replace');
    if (!query.has('login')) void send();
  }, []);
  const way = draft.form.signing ?? 'NONE';
  if (way === 'NOWHERE') return null; // as the note above the form says: neither signed nor sent from here
  const isLater = way !== 'NONE' && draft.form.signature === 'REQUIRED';
  return (
    <>
      {way !== 'NONE' && <Sign draft={draft} earlier={earlier} />}
      {isLater && way === 'OFFERED' && <p class="note">{say('sign.orLater')}</p>}
      {way !== 'NEEDED' && (
        <button type="button" class="button" data-kind={way === 'NONE' ? undefined : 'outline'} disabled={pressed} onClick={() => void send()}>
          {say(reached ? 'form.send' : 'form.sendOffline')}
        </button>
      )}
    </>
  );
}
