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
  const everything = consents.flatMap(({ id, filling }) => (filling ? [id, filling.id] : [id]));
  const some = consents.filter(({ id }) => chosen.includes(id));
  const send = (yes: readonly string[]) => {
    setBusy(true);
    void act(yes, consents.map(({ id }) => id).filter((id) => !yes.includes(id))).finally(() => setBusy(false));
  };
  const stuck = busy || !reached || consents.length === 0;
  /** Filling in rests on the source: its yes brings the other, and goes with it. */
  const toggle = (gone: readonly string[], come: readonly string[], isChosen: boolean) =>
    choose(isChosen ? chosen.filter((one) => !gone.includes(one)) : [...new Set([...chosen, ...come])]);
  return (
    <div data-testid="consents-first">
      <ul class="cards consents">
        {consents.map((one) => <Choice key={one.id} consent={one} chosen={chosen} toggle={toggle} />)}
      </ul>
      <div class="consent-acts">
        <p>{say('consents.allMeans')}</p>
        <button type="button" class="button" data-kind="primary" disabled={stuck} onClick={() => send(everything)}>
          {say('consents.all', { n: consents.length })}
        </button>
        {chosen.length > 0 && (
          <button type="button" class="button" data-kind="outline" disabled={stuck} onClick={() => send(chosen)}>
            {say('consents.some', { n: some.length })}
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

type ChoiceProps = {
  consent: Consent;
  chosen: readonly string[];
  toggle: (gone: readonly string[], come: readonly string[], isChosen: boolean) => void;
};

function Choice({ consent, chosen, toggle }: ChoiceProps) {
  const { say, pick } = useSpeech();
  const { id, filling } = consent;
  const isChosen = chosen.includes(id);
  return (
    <li class="consent-card" data-testid={`consent-${consent.id}`}>
      <label>
        <input type="checkbox" checked={isChosen} onChange={() => toggle(filling ? [id, filling.id] : [id], [id], isChosen)} />
        <span>
          <strong>{pick(consent.name)}</strong>
          <span class="note">{consent.operatorName && pick(consent.operatorName)}</span>
          <span>{pick(consent.tells)}</span>
        </span>
      </label>
      {filling && (
        <label class="consent-fill">
          <input
            type="checkbox" checked={chosen.includes(filling.id)} aria-label={say('consents.about', { name: pick(consent.name), act: say('consents.fill') })}
            onChange={() => toggle([filling.id], [id, filling.id], chosen.includes(filling.id))}
          />
          <span>{say('consents.fill')}</span>
        </label>
      )}
      <Details consent={consent} />
    </li>
  );
}
