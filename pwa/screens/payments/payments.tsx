import { useEffect, useState } from 'preact/hooks';
import { isDue, refreshPayments } from '../../data/payments.ts';
import { quietly } from '../../data/refresh.ts';
import type { Bill } from '../../data/shapes.ts';
import { shortDay } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { unread } from '../parts/silence.ts';
import { AddSlipForm } from './add-slip.tsx';
import { BillScreen } from './bill.tsx';
import { ScanSlip } from './scan-slip.tsx';
import { Scanned } from './scanned.tsx';
import { Empty, Failed, OfflineNote } from '../parts/states.tsx';

/** Everything to be paid, or one of it. */
export function PaymentsRoom({ id, query }: { id: string | null; query: URLSearchParams }) {
  return id === null ? <PaymentsScreen back={query.get('back')} /> : <BillScreen id={id} isBack={query.get('back') === 'card'} />;
}

function PaymentsScreen({ back }: { back: string | null }) {
  const { payments } = useDevice().snapshot;
  const { say } = useSpeech();
  const { reached } = useLine();
  const [failed, setFailed] = useState('');
  const load = () => {
    setFailed('');
    quietly(refreshPayments().catch((cause: unknown) => {
      setFailed(unread({ say }, cause, 'payments.failed'));
      throw cause;
    }));
  };
  useEffect(load, []);
  if (!payments && !failed && reached) return <Loading />;
  const bills = payments?.value ?? [];
  const due = bills.filter(isDue).sort((one, other) => (one.dueOn ?? '9').localeCompare(other.dueOn ?? '9'));
  const rest = bills.filter((one) => !isDue(one));
  return (
    <Page title={say('payments.title')} back="/" lead={<><p class="lead">{say('payments.lead')}</p><Age kept={payments} /></>}>
      {!reached && <OfflineNote>{say(payments ? 'payments.offline' : 'payments.offlineNone')}</OfflineNote>}
      {failed !== '' && (
        <Failed again={{ words: say('links.retry'), act: load }}>{failed}</Failed>
      )}
      {back === 'known' && <p class="alert" data-kind="note" role="status">{say('payments.scan.known')}</p>}
      {back === 'unclear' && <Failed>{say('payments.unclear')}</Failed>}
      {due.length > 0 && <section aria-labelledby="due"><h2 id="due">{say('payments.due', { n: due.length })}</h2><Bills bills={due} /></section>}
      {payments && due.length === 0 && <Empty testid="nothing-due">{say('payments.none')}</Empty>}
      <Scanned />
      <ScanSlip />
      <AddSlipForm />
      {rest.length > 0 && <section aria-labelledby="done"><h2 id="done">{say('payments.done')}</h2><Bills bills={rest} /></section>}
    </Page>
  );
}

function Bills({ bills }: { bills: readonly Bill[] }) {
  const { say, pick, language } = useSpeech();
  return (
    <ul class="cards">
      {bills.map((bill) => (
        <li key={bill.id} class="card">
          <a href={`/payments/${bill.id}`} data-testid="bill">
            <strong>{bill.content ?? pick(bill.fee)}</strong>
          </a>
          <p>
            {bill.amountYen !== null && <span>{say('payments.yen', { yen: bill.amountYen.toLocaleString('ja-JP') })}　</span>}
            {isDue(bill) && bill.dueOn !== null ? say('payments.by', { day: shortDay(bill.dueOn, language) }) : say(`payments.state.${bill.state}`)}
          </p>
        </li>
      ))}
    </ul>
  );
}
