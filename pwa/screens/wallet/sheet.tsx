import { isOver, today } from '../../data/issued.ts';
import type { Issued } from '../../data/shapes.ts';
import { dayAndTime, longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Gone } from '../parts/gone.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';
import { NotHereYet, useIssued } from './documents.tsx';

/** One document to read, print or take away as a PDF: what lies on this device, also without a network. */
export function DocumentScreen({ id }: { id: string }) {
  const { say } = useSpeech();
  const issued = useIssued();
  const one = issued?.find((other) => other.id === id);
  if (one) return <Sheet one={one} />;
  return issued === null ? <Page title={say('issued.title')} back="/documents"><NotHereYet /></Page> : <Gone text="issued.gone" />;
}

function Sheet({ one }: { one: Issued }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const holds = one.verdict === 'VALID';
  const over = isOver(one, today());
  return (
    <Page title={one.title || say('issued.unreadable')} back="/documents">
      <p class={holds ? 'note' : 'error'} role={holds ? undefined : 'alert'}>{pick(one.verdictText)}</p>
      <section class="copy" data-testid="sheet" data-over={over} aria-label={say('wallet.copy')}>
        <p class="copy-mark"><strong>{say('wallet.copy')}</strong></p>
        <p>{say('wallet.noOriginal', { time: dayAndTime(one.fetchedAt, language) })}</p>
        {over && <p class="copy-over" role="alert"><strong>{say('issued.over')}</strong></p>}
        <h2>{one.title}</h2>
        <dl class="facts">
          <Line term={say('issued.to')}>{one.to}</Line>
          {one.entries.map((entry) => <Line key={entry.label} term={entry.label}>{entry.value}</Line>)}
          <Line term={say('issued.ward')}>{pick(one.ward)}</Line>
          <Line term={say('issued.number')}>{one.number}</Line>
          {one.issuedOn !== null && <Line term={say('issued.on')}>{longDay(one.issuedOn, language)}</Line>}
          <Line term={say('issued.until')}>{one.validUntil === null ? say('issued.noEnd') : longDay(one.validUntil, language)}</Line>
        </dl>
        <Proof one={one} />
      </section>
      {holds && <button type="button" class="button" onClick={() => print()}>{say('issued.print')}</button>}
      {one.copy && (reached
        ? <a class="button" data-kind="outline" href={`/issued/${one.id}`} download>{say('issued.pdf')}</a>
        : <p class="note">{say('issued.pdfOffline')}</p>)}
      {one.copy && <p class="note">{say('issued.copyHelp')}</p>}
    </Page>
  );
}

/** By what whoever holds the copy can tell that it is what the ward sealed. */
export function Proof({ one }: { one: Issued }) {
  const { say, language } = useSpeech();
  if (!one.copy || one.copy.until < today()) return null;
  const { square, until } = one.copy;
  return (
    <div class="copy-proof">
      <p>{say('copy.howTo', { day: longDay(until, language) })}</p>
      <svg class="square" viewBox={`0 0 ${square.side} ${square.side}`} role="img" aria-label={say('copy.square')} shape-rendering="crispEdges">
        <rect width={square.side} height={square.side} fill="#fff" />
        <path d={square.path} stroke="#000" />
      </svg>
      <p class="digest">{say('copy.digest')} {one.digest}</p>
    </div>
  );
}
