import { useState } from 'preact/hooks';
import { effectOf } from '../../data/consents.ts';
import type { Consent, Step } from '../../data/shapes.ts';
import { moment } from '../../text/dates.ts';
import { comma } from '../../text/lists.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Details } from './details.tsx';

type GivenProps = { consent: Consent; press: (isYes: boolean) => Promise<void> };

/** How she has answered about one body; beside the button stands what it will do. */
export function GivenCard({ consent, press }: GivenProps) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [busy, setBusy] = useState(false);
  const isGiven = consent.agreedAt !== null;
  const act = say(isGiven ? 'consents.end' : 'consents.agree');
  const send = (isYes: boolean) => {
    setBusy(true);
    void press(isYes).finally(() => setBusy(false));
  };
  return (
    <li class="body-card" data-testid={`consent-${consent.id}`} data-state={isGiven ? 'KNOWN' : 'STOPPED'} aria-busy={busy}>
      <h3>{pick(consent.name)}</h3>
      {consent.operatorName && <p class="note">{pick(consent.operatorName)}</p>}
      <p>
        <strong>{consent.agreedAt !== null ? say('consents.agreed', { time: moment(consent.agreedAt, language) }) : say('consents.notAgreed')}</strong>
        {!isGiven && consent.endedAt !== null && <span class="note">　{say('consents.ended', { time: moment(consent.endedAt, language) })}</span>}
      </p>
      {isGiven ? <Effect consent={consent} /> : <p>{pick(consent.without)}</p>}
      {(isGiven || consent.operator !== null) && (
        <div class="doing">
          <button
            type="button" class="button" data-kind="outline" disabled={busy || !reached} onClick={() => send(!isGiven)}
            aria-label={say('consents.about', { name: pick(consent.name), act })}
          >
            {act}
          </button>
        </div>
      )}
      <Details consent={consent} />
    </li>
  );
}

const MOST_NAMED = 4;

/** A few steps by name. */
export function useNames(): (steps: readonly Step[]) => string {
  const { pick, language } = useSpeech();
  return (steps) => {
    const names = [...new Set(steps.map((step) => pick(step.name)))];
    return names.slice(0, MOST_NAMED).join(comma(language)) + (names.length > MOST_NAMED ? '…' : '');
  };
}

/** What is dropped at once, what stays with the body, and which steps lose by it. */
function Effect({ consent }: { consent: Consent }) {
  const { home } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  const named = useNames();
  const { prefill, known } = effectOf(consent, home?.value ?? null);
  return (
    <div class="consent-effect">
      <p class="note"><strong>{say('consents.effect')}</strong></p>
      {consent.operatorName === null || consent.sends.length === 0
        ? <p class="note">{pick(consent.without)}</p>
        : <p class="note">{say('consents.effect.drop', { who: pick(consent.operatorName) })}</p>}
      {prefill.length > 0 && <p class="note">{say('consents.effect.prefill', { steps: named(prefill) })}</p>}
      {known.length > 0 && <p class="note">{say('consents.effect.known', { steps: named(known) })}</p>}
    </div>
  );
}
