import { useState } from 'preact/hooks';
import type { Consent } from '../../data/shapes.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import type { Decide } from './consents.tsx';
import { Details } from './details.tsx';

/** All that would be asked stands here, and nothing is chosen for her: all, some or none in one or two taps. */
export function FirstTime({ consents, act }: { consents: readonly Consent[]; act: Decide }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [chosen, choose] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const send = (yes: readonly string[]) => {
    setBusy(true);
    void act(yes, consents.map(({ id }) => id).filter((id) => !yes.includes(id))).finally(() => setBusy(false));
  };
  const stuck = busy || !reached || consents.length === 0;
  const toggle = (id: string) => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <div data-testid="consents-first">
      <ul class="cards consents">
        {consents.map((one) => <Choice key={one.id} consent={one} isChosen={chosen.includes(one.id)} toggle={() => toggle(one.id)} />)}
      </ul>
      <div class="consent-acts">
        <button type="button" class="button" data-kind="primary" disabled={stuck} onClick={() => send(consents.map(({ id }) => id))}>
          {say('consents.all', { n: consents.length })}
        </button>
        {chosen.length > 0 && (
          <button type="button" class="button" data-kind="outline" disabled={stuck} onClick={() => send(chosen)}>
            {say('consents.some', { n: chosen.length })}
          </button>
        )}
        {chosen.length === 0 && (
          <button type="button" class="button" data-kind="outline" disabled={stuck} onClick={() => send([])}>{say('consents.none')}</button>
        )}
        <p class="note">{say('consents.noneHelp')}</p>
      </div>
    </div>
  );
}

function Choice({ consent, isChosen, toggle }: { consent: Consent; isChosen: boolean; toggle: () => void }) {
  const { pick } = useSpeech();
  return (
    <li class="consent-card" data-testid={`consent-${consent.id}`}>
      <label>
        <input type="checkbox" checked={isChosen} onChange={toggle} />
        <span>
          <strong>{pick(consent.name)}</strong>
          <span class="note">{consent.operatorName && pick(consent.operatorName)}</span>
          <span>{pick(consent.tells)}</span>
        </span>
      </label>
      <Details consent={consent} />
    </li>
  );
}
