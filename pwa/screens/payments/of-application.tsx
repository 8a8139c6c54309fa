import { useEffect } from 'preact/hooks';
import { refreshPayments } from '../../data/payments.ts';
import { quietly } from '../../data/refresh.ts';
import { shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

/** What the ward asks to be paid for one application, and whether it is. */
export function BillsOf({ application }: { application: string }) {
  const { payments } = useDevice().snapshot;
  const { say, pick, language } = useSpeech();
  useEffect(() => quietly(refreshPayments()), [application]);
  const bills = (payments?.value ?? []).filter((one) => one.application === application);
  if (bills.length === 0) return null;
  return (
    <section aria-labelledby="bills">
      <h2 id="bills">{say('payments.title')}</h2>
      <ul class="links">
        {bills.map((bill) => (
          <li key={bill.id}>
            <a href={`/payments/${bill.id}`}>
              {pick(bill.fee)}　{bill.state === 'DUE' && bill.dueOn !== null ? say('payments.by', { day: shortDay(bill.dueOn, language) }) : say(`payments.state.${bill.state}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
