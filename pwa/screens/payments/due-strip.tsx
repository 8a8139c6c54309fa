import { useEffect } from 'preact/hooks';
import { isDue, refreshPayments } from '../../data/payments.ts';
import { quietly } from '../../data/refresh.ts';
import { shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

/** On home: that something is to be paid, and until when; asked beside, so home waits for nothing. */
export function DueStrip() {
  const { payments } = useDevice().snapshot;
  const { say, language } = useSpeech();
  useEffect(() => quietly(refreshPayments()), []);
  const due = (payments?.value ?? []).filter(isDue);
  if (due.length === 0) return null;
  const first = due.map((one) => one.dueOn).filter((day) => day !== null).sort()[0];
  return (
    <div class="strip" role="status">
      <p>
        <a href="/payments" data-testid="payments-due">{say('payments.due', { n: due.length })}</a>
        {first && <span class="note">{say('payments.by', { day: shortDay(first, language) })}</span>}
      </p>
    </div>
  );
}
