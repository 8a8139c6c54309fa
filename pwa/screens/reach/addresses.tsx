import { useEffect, useState } from 'preact/hooks';
import { askReach, confirmReach, forgetReach, type ReachKind, type setReach } from '../../data/reach.ts';
import type { Reach } from '../../data/shapes.ts';
import { comma } from '../../text/lists.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { AddressForm } from './address-form.tsx';
import { useTrying } from './trying.ts';
import { Failed, OfflineNote } from '../parts/states.tsx';

type Done = 'reach.sent' | 'reach.confirmed' | 'reach.forgotten';
/** `refused`: where a refusal is told instead of at the top. */
export type Act = (act: () => ReturnType<typeof setReach>, done: Done, refused?: (why: string) => void) => Promise<void>;

/** Her e-mail address and number, who else is asked, and in which order: told plainly. */
export function AddressesScreen() {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [told, setTold] = useState<Reach | null>(null);
  const { trying, trouble, setTrouble, news } = useTrying();
  useEffect(() => void trying(async () => setTold(await askReach())), [reached]);
  const act: Act = (wish, done, refused = setTrouble) => trying(async () => {
    const reply = await wish();
    if ('why' in reply) return refused(pick(reply.why));
    setTold(reply.reach);
    return say(done);
  });
  if (!told && trouble === '' && reached) return <Loading />;
  return (
    <Page title={say('reach.title')} back="/settings" lead={<p class="lead">{say('reach.lead')}</p>}>
      {!reached && <OfflineNote>{say('reach.offline')}</OfflineNote>}
      {reached && trouble !== '' && <Failed>{trouble}</Failed>}
      <div role="status">{news !== '' && <p class="alert" data-kind="note">{news}</p>}</div>
      {told?.kinds.map((kind) => <Way key={kind} kind={kind} reach={told} act={act} />)}
      {told && <Order reach={told} />}
    </Page>
  );
}

function Way({ kind, reach, act }: { kind: ReachKind; reach: Reach; act: Act }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const mine = reach.addresses.filter((one) => one.kind === kind);
  const last = mine[mine.length - 1];
  const [changing, setChanging] = useState(false);
  const email = kind === 'EMAIL';
  const asksAnew = !last || changing || last.state === 'STOPPED' || last.state === 'BOUNCED';
  return (
    <section class="card" aria-labelledby={`reach-${kind}`} data-testid={`reach-${kind}`}>
      <h2 id={`reach-${kind}`}>{say(email ? 'reach.email' : 'reach.sms')}</h2>
      {mine.map((one) => <p key={one.state}><strong>{one.address}</strong><br />{say(`reach.state.${one.state}`)}</p>)}
      {mine.length === 0 && <p>{say('reach.none')}</p>}
      {mine.length > 1 && <p class="note">{say('reach.until')}</p>}
      {last?.state === 'ASKED' && !email && <Code act={act} />}
      {asksAnew && <AddressForm kind={kind} act={act} onSent={() => setChanging(false)} />}
      {last && (
        <p>
          {!asksAnew && <><button type="button" class="button" data-kind="outline" onClick={() => setChanging(true)}>{say('reach.change')}</button>{' '}</>}
          <button type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => void act(() => forgetReach(kind), 'reach.forgotten')}>{say('reach.forget')}</button>
        </p>
      )}
    </section>
  );
}

function Code({ act }: { act: Act }) {
  const { say } = useSpeech();
  const [code, setCode] = useState('');
  const send = (event: Event) => {
    event.preventDefault();
    void act(() => confirmReach(code), 'reach.confirmed');
  };
  return (
    <form onSubmit={send}>
      <div class="field">
        <label for="reach-code">{say('reach.code')}</label>
        <input id="reach-code" inputMode="numeric" autocomplete="one-time-code" maxLength={6} required value={code} onInput={(event) => setCode(event.currentTarget.value)} />
      </div>
      <p><button class="button">{say('reach.confirm')}</button></p>
    </form>
  );
}

/** What is tried after what, for a notice she leaves unread; nothing is hidden of who else is asked. */
function Order({ reach }: { reach: Reach }) {
  const { say, language } = useSpeech();
  const guardians = reach.otherGuardians.join(comma(language));
  const part = (title: 'reach.order' | 'reach.urgent', steps: Reach['steps']) => (
    <>
      <h3>{say(title)}</h3>
      <ol>{steps.map((one) => <li key={one.rung}>{say(`reach.rung.${one.rung}`)}<span class="note">{'　'}{say(after(one.minutes), { count: amount(one.minutes) })}</span></li>)}</ol>
    </>
  );
  return (
    <section aria-labelledby="reach-order">
      <h2 id="reach-order">{say('reach.orderTitle')}</h2>
      <p>{say('reach.orderLead')}</p>
      {part('reach.order', reach.steps)}
      {part('reach.urgent', reach.urgentSteps)}
      <h3>{say('reach.guardians')}</h3>
      <p data-testid="guardians">{guardians === '' ? say('reach.nobody') : say('reach.asked', { names: guardians })}</p>
      <p class="note">{say('reach.secondHome')}</p>
    </section>
  );
}

const HOUR = 60;
const DAY = 24 * HOUR;
type After = 'reach.atOnce' | 'reach.minutes' | 'reach.day' | 'reach.days';
const after = (minutes: number): After =>
  minutes === 0 ? 'reach.atOnce' : minutes < DAY ? 'reach.minutes' : minutes < 2 * DAY ? 'reach.day' : 'reach.days';
const amount = (minutes: number): string => String(minutes < DAY ? minutes : Math.round(minutes / DAY));
