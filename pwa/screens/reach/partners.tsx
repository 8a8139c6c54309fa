import { useEffect, useState } from 'preact/hooks';
import { agreeSender, askPartners, stopSender } from '../../data/reach.ts';
import type { Partners } from '../../data/shapes.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { useTrying } from './trying.ts';
import { Empty, Failed, OfflineNote } from '../parts/states.tsx';

type Sender = Partners['senders']['senders'][number];
type Case = Partners['senderCases'][number];

/** Companies that may send her something, each by its own yes; and where her cases with senders stand. */
export function PartnersScreen() {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [told, setTold] = useState<Partners | null>(null);
  const { trying, trouble, setTrouble, news } = useTrying();
  useEffect(() => void trying(async () => setTold(await askPartners())), [reached]);
  const act = (wish: () => ReturnType<typeof agreeSender>, done: 'partners.agreed' | 'partners.stopped') => trying(async () => {
    const reply = await wish();
    if ('why' in reply) return setTrouble(pick(reply.why));
    setTold((kept) => kept && { ...kept, senders: reply });
    return say(done);
  });
  if (!told && trouble === '' && reached) return <Loading />;
  return (
    <Page title={say('partners.title')} back="/settings" lead={<p class="lead">{say('partners.lead')}</p>}>
      {!reached && <OfflineNote>{say('reach.offline')}</OfflineNote>}
      {reached && trouble !== '' && <Failed>{trouble}</Failed>}
      <div role="status">{news !== '' && <p class="alert" data-kind="note">{news}</p>}</div>
      {told && told.senderCases.length > 0 && (
        <section aria-labelledby="partner-cases">
          <h2 id="partner-cases">{say('partners.cases')}</h2>
          {told.senderCases.map((one, place) => <CasePart key={place} one={one} />)}
        </section>
      )}
      {told && (
        <section aria-labelledby="partner-senders">
          <h2 id="partner-senders">{say('partners.senders')}</h2>
          {told.senders.senders.length === 0 && <Empty>{say('partners.none')}</Empty>}
          {told.senders.senders.map((one) => (
            <SenderPart key={one.id} one={one} agree={(reference) => act(() => agreeSender(one.id, reference), 'partners.agreed')} stop={() => act(() => stopSender(one.id), 'partners.stopped')} />
          ))}
        </section>
      )}
    </Page>
  );
}

function CasePart({ one }: { one: Case }) {
  const { say, pick, language } = useSpeech();
  return (
    <article class="card" data-testid="partner-case">
      <h3>{pick(one.title)}</h3>
      <p><strong>{say(`partners.state.${one.state}`)}</strong>{'　'}{pick(one.label)}</p>
      <p class="note">{pick(one.sender)}・{dayAndTime(one.changedAt, language)}</p>
      <details>
        <summary>{say('partners.history')}</summary>
        <ol>{one.steps.map((step) => <li key={step.at}>{dayAndTime(step.at, language)}　{pick(step.label)}</li>)}</ol>
      </details>
    </article>
  );
}

function SenderPart({ one, agree, stop }: { one: Sender; agree(reference: string): Promise<void>; stop(): Promise<void> }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [reference, setReference] = useState('');
  const id = `reference-${one.id}`;
  return (
    <article class="card" data-testid="partner">
      <h3>{pick(one.name)}</h3>
      {one.agreedAt === null ? (
        <form onSubmit={(event) => { event.preventDefault(); void agree(reference); }}>
          <p>{say('partners.no')}</p>
          <div class="field">
            <label for={id}>{say('partners.reference')}</label>
            <input id={id} maxLength={60} autocomplete="off" value={reference} onInput={(event) => setReference(event.currentTarget.value)} />
          </div>
          <p><button class="button" data-kind="outline" disabled={!reached}>{say('partners.agree')}</button></p>
        </form>
      ) : (
        <>
          <p>{say('partners.since', { time: dayAndTime(one.agreedAt, language) })}</p>
          <p class="note">{say('partners.number')} <code>{one.subject}</code></p>
          <p><button type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => void stop()}>{say('partners.stop')}</button></p>
        </>
      )}
    </article>
  );
}
