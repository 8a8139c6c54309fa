import { useEffect, useState } from 'preact/hooks';
import type { Asked } from '../../data/family.ts';
import { deleteIssued, fetchIssued, inBytes, isOver, isShown, openIssued, refreshIssued, today } from '../../data/issued.ts';
import { quietly } from '../../data/refresh.ts';
import type { Issued } from '../../data/shapes.ts';
import { dayAndTime, longDay } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Trouble } from '../family/asking.tsx';
import { Age } from '../parts/age.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';
import { unread } from '../parts/silence.ts';
import { Empty, Failed } from '../parts/states.tsx';

const SOON = [1_500, 4_000, 9_000];

/** What is kept on this device, opened; null while it is being opened, or when there is nothing: see `NotHereYet`. */
export function useIssued(): Issued[] | null {
  const kept = useDevice().snapshot.issued;
  const [issued, show] = useState<Issued[] | null>(null);
  useEffect(() => void openIssued(kept).then(show), [kept]);
  return issued;
}

/** In the place of what is not here: it is asked for, there is no network to ask, or the server does not answer. */
export function NotHereYet() {
  const { say } = useSpeech();
  const { reached } = useLine();
  const isKept = useDevice().snapshot.issued !== null;
  const [failed, setFailed] = useState('');
  const load = () => {
    setFailed('');
    quietly(refreshIssued().catch((cause: unknown) => {
      setFailed(unread({ say }, cause, 'payments.failed'));
      throw cause;
    }));
  };
  useEffect(() => {
    if (!isKept) load();
  }, [isKept, reached]);
  if (failed === '' || !reached) return <p role="status">{say(reached ? 'loading' : 'issued.offline')}</p>;
  return (
    <Failed again={{ words: say('links.retry'), act: load }}>{failed}</Failed>
  );
}

/** Decisions and certificates: whether the seal holds, until when, to read, take away or delete. */
export function DocumentsScreen() {
  const { say } = useSpeech();
  const { reached } = useLine();
  const { snapshot } = useDevice();
  const issued = useIssued();
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (snapshot.issued !== null) quietly(refreshIssued());
  }, [reached]);
  const fetch = async () => {
    const told = await fetchIssued();
    setTrouble(told.trouble);
    setAsked(told.value !== null);
    if (told.value) SOON.forEach((pause) => setTimeout(() => quietly(refreshIssued()), pause));
  };
  return (
    <Page title={say('issued.title')} back="/" lead={<Age kept={snapshot.issued} />}>
      <p>{say('issued.lead')}</p>
      <p class="strip"><a href="/wallet">{say('wallet.title')}</a></p>
      <button type="button" class="button" data-kind="outline" disabled={!reached} onClick={() => void fetch()}>{say('issued.fetch')}</button>
      <p role="status">{asked && say('issued.fetching')}</p>
      <Trouble trouble={trouble} to="/documents" />
      {issued?.length === 0 && <Empty>{say('issued.none')}</Empty>}
      {issued === null && snapshot.issued === null && <NotHereYet />}
      <ul class="cards">{issued?.map((one) => <Card key={one.id} one={one} />)}</ul>
    </Page>
  );
}

function Card({ one }: { one: Issued }) {
  const { say, pick, language } = useSpeech();
  const holds = one.verdict === 'VALID';
  return (
    <li class="step-card" data-testid="issued" data-verdict={one.verdict}>
      <h3>{one.title || say('issued.unreadable')}</h3>
      <p class={holds ? 'note' : 'error'} role={holds ? undefined : 'alert'}>{pick(one.verdictText)}</p>
      {isOver(one, today()) && <p class="error">{say('issued.over')}</p>}
      <dl class="facts">
        <Line term={say('issued.ward')}>{pick(one.ward)}</Line>
        <Line term={say('issued.number')}>{one.number}</Line>
        {one.to && <Line term={say('issued.to')}>{one.to}</Line>}
        {one.issuedOn !== null && <Line term={say('issued.on')}>{longDay(one.issuedOn, language)}</Line>}
        <Line term={say('issued.until')}>{one.validUntil === null ? say('issued.noEnd') : longDay(one.validUntil, language)}</Line>
        <Line term={say('issued.fetchedAt')}>{dayAndTime(one.fetchedAt, language)}</Line>
      </dl>
      <a class="button" data-kind="outline" href={`/documents/${one.id}`}>{say('issued.read')}</a>
      {isShown(one) && <a class="button" href={`/wallet/${one.id}`}>{say('issued.show')}</a>}
      <Take one={one} />
    </li>
  );
}

/** Taken away: the very bytes that were sealed, and the seal beside them. Deleted: here, not at the ward. */
function Take({ one }: { one: Issued }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const remove = async () => setTrouble((await deleteIssued(one.id)).trouble);
  return (
    <>
      <button type="button" class="button" data-kind="quiet" onClick={() => download(one)}>{say('issued.download')}</button>
      {sure && <p role="alert">{say('issued.deleteSure')}</p>}
      <button type="button" class="button" data-kind="danger" disabled={!reached} onClick={() => (sure ? void remove() : setSure(true))}>{say('issued.delete')}</button>
      <Trouble trouble={trouble} to="/documents" />
    </>
  );
}

function download(one: Issued): void {
  const files = [[`${one.number}.json`, one.content, 'application/json'], [`${one.number}.p7s`, one.seal, 'application/pkcs7-signature']] as const;
  for (const [name, content, type] of files) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([inBytes(content)], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}
