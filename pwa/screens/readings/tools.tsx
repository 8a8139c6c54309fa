import { useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { tellMe, type Only } from '../../data/ledger.ts';
import type { Reading, ToldOfLooks } from '../../data/shapes.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { silence } from '../parts/silence.ts';

const KINDS = ['LOOKED', 'ASKED', 'TOLD'] as const satisfies readonly Reading['kind'][];

type FilterProps = { only: Only; choose: (only: Only) => void; sources: readonly [string, Reading['sourceName']][] };

/** By kind, by body, or the refused ones alone. */
export function Filter({ only, choose, sources }: FilterProps) {
  const { say, pick } = useSpeech();
  return (
    <div class="ledger-filter" role="group" aria-label={say('readings.filter')}>
      <label>
        <span>{say('readings.byKind')}</span>
        <select
          value={only.kind ?? ''} data-testid="by-kind"
          onChange={({ currentTarget: { value } }) => choose({ ...only, kind: KINDS.find((one) => one === value) ?? null })}
        >
          <option value="">{say('readings.any')}</option>
          {KINDS.map((one) => <option key={one} value={one}>{say(`readings.kind.${one}`)}</option>)}
        </select>
      </label>
      <label>
        <span>{say('readings.byBody')}</span>
        <select value={only.source ?? ''} onChange={({ currentTarget: { value } }) => choose({ ...only, source: value === '' ? null : value })}>
          <option value="">{say('readings.any')}</option>
          {sources.map(([source, name]) => <option key={source} value={source}>{pick(name)}</option>)}
        </select>
      </label>
      <label class="ledger-check">
        <input type="checkbox" checked={only.refused} onChange={({ currentTarget: { checked } }) => choose({ ...only, refused: checked })} />
        <span>{say('readings.onlyRefused')}</span>
      </label>
    </div>
  );
}

const TOLD = ['NOBODY', 'PERSONS', 'EVERYTHING'] as const satisfies readonly ToldOfLooks[];

/** Of what she is told in the inbox; the push says only that something is new. */
export function TellMe({ told }: { told: ToldOfLooks }) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [trouble, setTrouble] = useState('');
  const change = (wish: ToldOfLooks) => {
    setTrouble('');
    tellMe(wish)
      .then((why) => setTrouble(why ? pick(why) : ''))
      .catch((cause: unknown) => {
        if (!(cause instanceof NoAnswer)) return reportError(cause);
        setTrouble(silence({ say }, cause, { offline: 'consents.offline', failed: 'consents.failed' }));
      });
  };
  return (
    <fieldset class="tell-me" data-testid="tell-me">
      <legend>{say('readings.tellMe')}</legend>
      {TOLD.map((one) => (
        <label class="ledger-check" key={one}>
          <input type="radio" name="tell-me" value={one} checked={told === one} disabled={!reached} onChange={() => change(one)} />
          <span>{say(`readings.tellMe.${one}`)}</span>
        </label>
      ))}
      {trouble !== '' && <p class="error" role="alert">{trouble}</p>}
    </fieldset>
  );
}

/** All of it to take away: to read, and to try for oneself. */
export function Downloads() {
  const { say } = useSpeech();
  const { reached } = useLine();
  return (
    <section aria-labelledby="downloads">
      <h2 id="downloads">{say('readings.export')}</h2>
      <p class="note">{say('readings.exportHelp')}</p>
      {reached
        ? (
          <ul class="links">
            <li><a href="/ledger/readings.pdf" download data-testid="export-pdf">{say('readings.pdf')}</a></li>
            <li><a href="/ledger/readings.json" download data-testid="export-json">{say('readings.json')}</a></li>
          </ul>
        )
        : <p>{say('readings.exportOffline')}</p>}
    </section>
  );
}
