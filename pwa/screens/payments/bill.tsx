import { useEffect, useRef, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { cardPage, forgetSlip, isUnderWay, refreshPayments } from '../../data/payments.ts';
import { refreshIssued } from '../../data/issued.ts';
import { quietly } from '../../data/refresh.ts';
import type { Bill, Text } from '../../data/shapes.ts';
import { dayAndTime, shortDay } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Gone } from '../parts/gone.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { silence } from '../parts/silence.ts';
import { go } from '../router.ts';
import { useIssued } from '../wallet/documents.tsx';
import { isScanned, ScannedScreen } from './scanned.tsx';
import { Failed, OfflineNote } from '../parts/states.tsx';

const BREATH = 4_000;

/** One bill: what, how much, until when, how to pay it; its receipt once it is paid. */
export function BillScreen({ id, isBack }: { id: string; isBack: boolean }) {
  const { outbox, snapshot: { payments } } = useDevice();
  const { reached } = useLine();
  const [asked, setAsked] = useState(false);
  /** The house took the code and had already joined it to a bill of hers when the list was fetched. */
  const [isKnown, setKnown] = useState(false);
  const scanned = outbox.find((item) => item.id === id && isScanned(item));
  const sent = scanned?.outcome.state === 'accepted';
  const wasLookedUp = useRef(false);
  const bill = payments?.value.find((one) => one.id === id);
  const waits = bill !== undefined && (isUnderWay(bill) || bill.state === 'LOOKING_UP');
  useEffect(() => quietly(refreshPayments().then((bills) => setKnown(sent && bills !== null && bills.every((one) => one.id !== id))).finally(() => setAsked(true))), [id, sent]);
  useEffect(() => {
    if (bill?.state === 'LOOKING_UP') wasLookedUp.current = true;
    else if (!bill && (wasLookedUp.current || isKnown)) go('/payments?back=known', 'replace'); // it is one she had before
  }, [bill, isKnown]);
  useEffect(() => {
    if (!waits) return;
    const clock = setInterval(() => document.visibilityState === 'visible' && quietly(refreshPayments()), BREATH);
    return () => clearInterval(clock);
  }, [waits]);
  if (bill) return <Told bill={bill} isBack={isBack} />;
  if (scanned) return <ScannedScreen item={scanned} />;
  return asked || !reached ? <Gone text="payments.gone" /> : <Loading />;
}

function Told({ bill, isBack }: { bill: Bill; isBack: boolean }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const title = bill.content ?? pick(bill.fee);
  const last = bill.tries.at(-1);
  return (
    <Page title={title} back="/payments">
      {!reached && <OfflineNote>{say('payments.offline')}</OfflineNote>}
      <div role="status" data-testid="bill-state" data-state={bill.state}>
        {bill.state === 'DUE' && isUnderWay(bill) && isBack && <p class="alert" data-kind="note">{say('payments.checking')}</p>}
        {bill.state === 'DUE' && last?.state === 'FAILED' && <p class="alert">{say('payments.cardFailed')}</p>}
        {bill.state === 'DUE' && last?.state === 'CANCELLED' && <p class="alert" data-kind="note">{say('payments.cardLeft')}</p>}
        {bill.state !== 'DUE' && bill.state !== 'PAID' && <p class="alert" data-kind="note">{say(bill.state === 'UNKNOWN' && !bill.numbers ? 'payments.told.foreign' : `payments.told.${bill.state}`)}</p>}
        {bill.tries.some((one) => one.state === 'DOUBLE') && <p class="alert">{say('payments.double')}</p>}
        {bill.tries.some((one) => one.state === 'LATE') && <p class="alert">{say('payments.late')}</p>}
      </div>
      {bill.state === 'PAID' && <Receipt bill={bill} title={title} />}
      {bill.state !== 'PAID' && (
        <dl class="facts">
          {bill.amountYen !== null && <div><dt>{say('payments.amount')}</dt><dd><strong>{say('payments.yen', { yen: bill.amountYen.toLocaleString('ja-JP') })}</strong></dd></div>}
          {bill.dueOn !== null && <div><dt>{say('payments.dueOn')}</dt><dd>{shortDay(bill.dueOn, language)}</dd></div>}
          {bill.payee !== null && <div><dt>{say('payments.payee')}</dt><dd>{bill.payee}</dd></div>}
          <div><dt>{say('payments.number')}</dt><dd>{bill.number}</dd></div>
        </dl>
      )}
      {bill.byCard && <CardButton bill={bill} />}
      {bill.numbers && bill.state === 'DUE' && <Slip bill={bill} numbers={bill.numbers} />}
      {bill.refunds.length > 0 && (
        <section aria-labelledby="refunds">
          <h2 id="refunds">{say('payments.refunds')}</h2>
          <ul>{bill.refunds.map((one) => (
            <li key={one.at}>{dayAndTime(one.doneAt ?? one.at, language)} {say('payments.yen', { yen: one.amountYen.toLocaleString('ja-JP') })} {say(`payments.refund.${one.state}`)}</li>
          ))}</ul>
        </section>
      )}
      <ul class="links">
        {bill.state === 'DUE' && bill.dueOn !== null && <li><a href={`/calendar-item?key=payment-${bill.id}`} download="kurashimado.ics">{say('calendars.item')}</a></li>}
        {bill.application !== null && <li><a href={`/applications/${bill.application}`}>{say('payments.application')}</a></li>}
      </ul>
      {bill.isSlip && bill.state !== 'PAID' && <Forget bill={bill} />}
    </Page>
  );
}

/** Leads to the card provider's page; no card number is typed here. */
function CardButton({ bill }: { bill: Bill }) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const leave = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const led = await cardPage(bill.id);
      if ('url' in led) return location.assign(led.url);
      setTrouble(pick(led.why));
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble(silence({ say }, cause, { offline: 'payments.cardOffline', failed: 'payments.failed' }));
    }
    setBusy(false);
  };
  return (
    <>
      {trouble !== null && <Failed>{trouble}</Failed>}
      <p><button type="button" class="button" data-testid="pay-by-card" disabled={busy || !reached} onClick={() => void leave()}>{say('payments.byCard')}</button></p>
      <p class="note">{say(reached ? 'payments.cardNote' : 'payments.cardOffline')}</p>
    </>
  );
}

/** The four numbers and the square, to be held out or typed at a bank; they are here without a network. */
function Slip({ bill, numbers }: { bill: Bill; numbers: NonNullable<Bill['numbers']> }) {
  const { say } = useSpeech();
  const shown = [['institution', numbers.institution], ['payment', numbers.payment], ['confirmation', numbers.confirmation], ['kind', numbers.kind]] as const;
  return (
    <section aria-labelledby="slip" data-testid="slip">
      <h2 id="slip">{say('payments.slip')}</h2>
      <p>{say('payments.slipHelp')}</p>
      {bill.square && (
        <svg class="square" viewBox={`0 0 ${bill.square.side} ${bill.square.side}`} role="img" aria-label={say('payments.square')} shape-rendering="crispEdges">
          <rect width={bill.square.side} height={bill.square.side} fill="#fff" />
          <path d={bill.square.path} stroke="#000" />
        </svg>
      )}
      <dl class="facts">
        {shown.map(([name, value]) => value !== null && <div key={name}><dt>{say(`payments.${name}`)}</dt><dd class="numbers">{value}</dd></div>)}
      </dl>
    </section>
  );
}

function Receipt({ bill, title }: { bill: Bill; title: string }) {
  const { say, pick, language } = useSpeech();
  const sealed = useIssued()?.find((one) => one.number === bill.receiptNumber);
  useEffect(() => {
    const looks = sealed ? [] : [0, 3_000, 10_000].map((pause) => setTimeout(() => quietly(refreshIssued()), pause));
    return () => looks.forEach(clearTimeout);
  }, [bill.receiptNumber, sealed?.id]);
  return (
    <section aria-labelledby="receipt" data-testid="receipt" class="card">
      <h2 id="receipt">{say('payments.receipt')}</h2>
      <dl class="facts">
        <div><dt>{say('payments.receiptNumber')}</dt><dd>{bill.receiptNumber}</dd></div>
        <div><dt>{say('payments.what')}</dt><dd>{title}（{bill.number}）</dd></div>
        <div><dt>{say('payments.amount')}</dt><dd><strong>{say('payments.yen', { yen: (bill.amountYen ?? 0).toLocaleString('ja-JP') })}</strong></dd></div>
        {bill.paidAt !== null && <div><dt>{say('payments.paidAt')}</dt><dd>{dayAndTime(bill.paidAt, language)}</dd></div>}
        <div><dt>{say('payments.payee')}</dt><dd>{bill.payee ?? (bill.ward ? pick(bill.ward.name) : '')}</dd></div>
        <div><dt>{say('payments.paidBy')}</dt><dd>{say(bill.paidBy === 'card' ? 'payments.paidBy.card' : 'payments.paidBy.slip')}</dd></div>
      </dl>
      {sealed && <p><a class="button" data-kind="outline" href={`/wallet/${sealed.id}`} data-testid="sealed-receipt">{say('payments.receiptSealed')}</a></p>}
      <p class="note">{say(sealed ? 'payments.receiptNote' : 'payments.receiptComes')}</p>
      <p><button type="button" class="button" data-kind="outline" onClick={() => window.print()}>{say('payments.print')}</button></p>
    </section>
  );
}

function Forget({ bill }: { bill: Bill }) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [why, setWhy] = useState<Text | null>(null);
  const [failed, setFailed] = useState(false);
  const gone = useRef(false);
  const forget = async () => {
    setFailed(false);
    try {
      const refused = await forgetSlip(bill.id);
      if (refused) return setWhy(refused);
      if (!gone.current) go('/payments', 'replace');
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setFailed(true);
    }
  };
  useEffect(() => () => { gone.current = true; }, []);
  return (
    <>
      {(why || failed) && <Failed>{why ? pick(why) : say('payments.failed')}</Failed>}
      <p><button type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => void forget()}>{say('payments.forget')}</button></p>
    </>
  );
}
