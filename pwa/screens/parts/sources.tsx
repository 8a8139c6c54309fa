import { outagesOf } from '../../data/outages.ts';
import type { Source } from '../../data/shapes.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { inWords } from './outages.tsx';

const TELLS_WHY: readonly Source['state'][] = ['GAP', 'NOT_ASKED', 'NO_RECORD'];

/** Whom we asked, and when each answered. Open by itself while somebody is silent or still asked. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  const { say } = useSpeech();
  const count = (state: Source['state']) => sources.filter((source) => source.state === state).length;
  const [known, waiting, gaps, notAsked] = [count('KNOWN'), count('WAITING'), count('GAP'), count('NOT_ASKED')];
  const noRecord = count('NO_RECORD');
  return (
    <details class="sources" open={waiting + gaps > 0}>
      <summary>
        <span class="sources-title">{say('home.sources')}</span>
        <span class="note">
          {waiting > 0 ? say('home.sourcesWaiting', { n: waiting }) : say('home.sourcesKnown', { n: known })}
          {notAsked > 0 && <span>{say('home.sourcesNotAsked', { n: notAsked })}</span>}
          {noRecord > 0 && <span>{say('home.sourcesNoRecord', { n: noRecord })}</span>}
          {gaps > 0 && <span class="gap-mark">{say('home.sourcesGap', { n: gaps })}</span>}
        </span>
      </summary>
      <ul>{sources.map((source) => <SourceLine key={source.id} source={source} />)}</ul>
    </details>
  );
}

function SourceLine({ source }: { source: Source }) {
  const { say, pick, language } = useSpeech();
  const [outage = null] = outagesOf([source]);
  return (
    <li data-testid={`source-${source.id}`} data-state={source.state}>
      <span class="source-name">{pick(source.name)}</span>
      <span class="badge" data-operator={source.operator}>{say(`operator.${source.operator}`)}</span>
      <span class="source-told">
        <SourceTold source={source} />
        {source.shut !== null && <span class="note">{pick(source.shut)}</span>}
        {source.shut === null && TELLS_WHY.includes(source.state) && source.why && <span class="note">{pick(source.why)}</span>}
        {outage !== null && <span class="note">{inWords(outage, say, language)}</span>}
      </span>
    </li>
  );
}

function SourceTold({ source }: { source: Source }) {
  const { say, language } = useSpeech();
  const asOf = source.asOf === null ? null : say('source.asOf', { time: moment(source.asOf, language) });
  if (source.state === 'WAITING') return <span class="waiting">{say('source.waiting')}</span>;
  if (source.state === 'KNOWN') return <span>{asOf}</span>;
  if (source.state === 'NOT_ASKED') return <strong>{say('source.notAsked')}</strong>;
  if (source.state === 'NO_RECORD') return <strong>{say('source.noRecord')}</strong>;
  return (
    <>
      <strong class="gap-mark">
        {source.shut !== null ? say('source.shut') : source.silentSince === null
          ? say('source.gapNever')
          : say('source.gap', { time: moment(source.silentSince, language) })}
      </strong>
      {asOf !== null && <span>{asOf}</span>}
    </>
  );
}
