import { isOver, isShown, today } from '../../data/issued.ts';
import { stillKept } from '../../data/records.ts';
import type { Issued } from '../../data/shapes.ts';
import { dayAndTime, longDay } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Gone } from '../parts/gone.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';
import { Entry } from '../records/entries.tsx';
import { NotHereYet, useIssued } from './documents.tsx';
import { Proof } from './sheet.tsx';
import { Empty } from '../parts/states.tsx';

const HANDBOOK = 'health';

/** To hold out at a counter: what lies on this device, also without a network. */
export function WalletScreen({ id }: { id: string | null }) {
  const issued = useIssued();
  const { say } = useSpeech();
  if (id !== null) {
    const one = issued?.find((other) => other.id === id);
    if (one) return <Shown one={one} />;
    return issued === null ? <Page title={say('wallet.title')} back="/wallet"><NotHereYet /></Page> : <Gone text="wallet.gone" />;
  }
  return <Pocket issued={issued} />;
}

function Pocket({ issued }: { issued: readonly Issued[] | null }) {
  const { say, language } = useSpeech();
  const { records, issued: kept } = useDevice().snapshot;
  const shown = (issued ?? []).filter((one) => isShown(one) && !one.isReceipt);
  const receipts = (issued ?? []).filter((one) => isShown(one) && one.isReceipt);
  const found = records?.value.records.find((record) => record.id === HANDBOOK);
  const handbook = found && stillKept(found);
  return (
    <Page title={say('wallet.title')} back="/documents">
      <p>{say('wallet.lead')}</p>
      {kept && <Age kept={kept} />}
      {issued === null && <NotHereYet />}
      {issued !== null && shown.length === 0 && <Empty>{say('wallet.none')} <a href="/documents">{say('issued.title')}</a></Empty>}
      <ul class="cards">
        {shown.map((one) => (
          <li key={one.id} class="step-card">
            <h3><a href={`/wallet/${one.id}`}>{one.title}</a></h3>
            <p class="badges"><span class="badge" data-state="ASK">{say('wallet.copy')}</span></p>
            <p class="note">{one.validUntil === null ? say('issued.noEnd') : `${say('issued.until')} ${longDay(one.validUntil, language)}`}</p>
          </li>
        ))}
      </ul>
      {receipts.length > 0 && (
        <section aria-labelledby="receipts" data-testid="receipts">
          <h2 id="receipts">{say('wallet.receipts')}</h2>
          <ul class="links">
            {receipts.map((one) => (
              <li key={one.id}><a href={`/wallet/${one.id}`}>{one.title}</a><p class="note">{one.issuedOn !== null && longDay(one.issuedOn, language)}　{one.number}</p></li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="handbook">
        <h2 id="handbook">{say('wallet.handbook')}</h2>
        <p class="note">{say('wallet.handbookHelp')}</p>
        {handbook && handbook.content.lines.length + (handbook.content.groups?.length ?? 0) > 0
          ? <><p class="note">{records && say('wallet.fetched', { time: dayAndTime(records.at, language) })}</p><Entry entry={handbook.content} /></>
          : <p>{say('wallet.handbookNone')} <a href="/records">{say('records.link')}</a></p>}
      </section>
    </Page>
  );
}

/** Bright whatever the theme, and never to be taken for the original. */
function Shown({ one }: { one: Issued }) {
  const { say, pick, language } = useSpeech();
  const over = isOver(one, today());
  const holds = isShown(one);
  return (
    <Page title={one.title} back="/wallet">
      {!holds && <p class="error" role="alert">{pick(one.verdictText)}</p>}
      <section class="copy" data-testid="copy" data-over={over} aria-label={say('wallet.copy')}>
        <p class="copy-mark"><strong>{say('wallet.copy')}</strong></p>
        <p>{say('wallet.noOriginal', { time: dayAndTime(one.fetchedAt, language) })}</p>
        {over && <p class="copy-over" role="alert"><strong>{say('issued.over')}</strong></p>}
        <h2>{one.title}</h2>
        <dl class="facts">
          <Line term={say('issued.to')}>{one.to}</Line>
          {one.entries.map((entry) => <Line key={entry.label} term={entry.label}>{entry.value}</Line>)}
          <Line term={say('issued.until')}>{one.validUntil === null ? say('issued.noEnd') : longDay(one.validUntil, language)}</Line>
          <Line term={say('issued.ward')}>{pick(one.ward)}</Line>
          <Line term={say('issued.number')}>{one.number}</Line>
        </dl>
        <Proof one={one} />
        <p class="copy-mark" aria-hidden><strong>{say('wallet.copy')}</strong></p>
      </section>
      {document.fullscreenEnabled && (
        <button type="button" class="button" onClick={() => void document.querySelector('.copy')?.requestFullscreen()}>{say('wallet.full')}</button>
      )}
    </Page>
  );
}
