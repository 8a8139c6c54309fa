import { ENTERED, isHers, SENT, type Prefill } from '../../data/earlier.ts';
import type { Answers, Field } from '../../data/shapes.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { useSourceName } from '../parts/source-name.ts';
import { useAnswerWords } from './words.ts';

type KnownProps = { fields: readonly Field[]; answers: Answers; onOpen: (field: Field) => void };

/** What is known already, read rather than filled in; each opens to be corrected. */
export function Known({ fields, answers, onOpen }: KnownProps) {
  const { say, pick } = useSpeech();
  const inWords = useAnswerWords();
  const wordsOfSource = useSourceWords();
  if (!fields.length) return null;
  return (
    <div class="known">
      <p class="note">{say('form.known')}</p>
      <dl class="facts">
        {fields.map((field) => (
          <div key={field.id} data-testid={`known-${field.id}`}>
            <dt>{pick(field.label)}</dt>
            <dd>
              {inWords(field, answers[field.id])}
              {field.prefill && <span class="told">{wordsOfSource(field.prefill)}</span>}
              <button
                type="button" class="link" aria-label={say('form.correctOne', { label: pick(field.label) })}
                onClick={() => onOpen(field)}
              >
                {say('form.correct')}
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Where a value is from and when it was told. */
export function useSourceWords(): (told: Prefill) => string {
  const { say, pick, language } = useSpeech();
  const nameOf = useSourceName();
  return (told) => {
    const time = told.asOf === null ? '' : dayAndTime(told.asOf, language);
    if (told.source === SENT) return say('form.sentBefore', { time });
    if (told.source === ENTERED && told.writtenFor) return say('form.writtenFor', { form: pick(told.writtenFor), time });
    return told.asOf === null ? say('form.prefilledBySelf') : say('form.prefilled', { source: nameOf(told.source), time });
  };
}

/** Whom to tell so that the record itself is put right; null: it was her own word. */
export function useCorrection(): (told: Prefill) => string | null {
  const { home } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  return (told) => {
    if (isHers(told)) return null;
    if (told.source === 'self') return say('form.correctOwnAnswer');
    const source = home?.value.sources.find((one) => one.id === told.source);
    return source ? pick(source.correction) : null;
  };
}
