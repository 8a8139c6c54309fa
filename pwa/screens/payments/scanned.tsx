import { useEffect } from 'preact/hooks';
import { drain } from '../../data/send.ts';
import { dropItem, isUnsent, type OutboxItem } from '../../device/outbox.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { Page } from '../parts/page.tsx';
import { go } from '../router.ts';
import { Failed } from '../parts/states.tsx';

export const isScanned = ({ wish }: OutboxItem): boolean => wish.kind === 'slip';

/** A code that this device holds and the house has not got, or has refused. */
export function ScannedScreen({ item }: { item: OutboxItem }) {
  const { say } = useSpeech();
  const { outcome } = item;
  useEffect(() => {
    if (outcome.state === 'accepted' && outcome.bill && outcome.bill !== item.id) go(`/payments/${outcome.bill}`, 'replace');
  }, [outcome]);
  return <Page title={say('payments.scan.read')} back="/payments"><Standing item={item} /></Page>;
}

/** Those on the list that have yet to go out, or came back. */
export function Scanned() {
  const { outbox } = useDevice();
  const { say } = useSpeech();
  const waiting = outbox.filter((item) => isScanned(item) && item.outcome.state !== 'accepted');
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="scanned" data-testid="scanned">
      <h2 id="scanned">{say('payments.scan.read')}</h2>
      <ul class="cards">{waiting.map((item) => <li key={item.id} class="card"><Standing item={item} /></li>)}</ul>
    </section>
  );
}

function Standing({ item }: { item: OutboxItem }) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const { outcome } = item;
  const drop = () => void dropItem(item.id).then(() => go('/payments', 'replace'));
  if (outcome.state === 'refused') {
    return (
      <>
        <Failed>{pick(outcome.message)}</Failed>
        <p><a class="button" href="/payments">{say('payments.scan.again')}</a></p>
        <p><button type="button" class="button" data-kind="quiet" onClick={drop}>{say('payments.scan.drop')}</button></p>
      </>
    );
  }
  return (
    <>
      <p role="status" data-testid="scan-waits">{say(reached && !item.needsSignIn ? 'payments.scan.sending' : 'payments.scan.waits')}</p>
      {item.needsSignIn && <LoginLink to="/payments" />}
      {reached && !item.needsSignIn && item.tries > 0 && <p><button type="button" class="button" data-kind="quiet" onClick={() => void drain(true)}>{say('tryNow')}</button></p>}
      {isUnsent(item) && outcome.state !== 'sending' && <p><button type="button" class="button" data-kind="quiet" onClick={drop}>{say('payments.scan.drop')}</button></p>}
    </>
  );
}
