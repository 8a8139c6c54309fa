import { useEffect, useRef, useState } from 'preact/hooks';
import { bundlesOfEvent, stepsOfEvent } from '../../data/events.ts';
import { refreshFolder, type Folder, type FolderPart } from '../../data/folders.ts';
import { saveReceipts } from '../../data/receipts.ts';
import { quietly } from '../../data/refresh.ts';
import { drain } from '../../data/send.ts';
import type { Application } from '../../data/shapes.ts';
import { proveFirst } from '../../data/step-up.ts';
import { isUnsent } from '../../device/outbox.ts';
import { dayAndTime } from '../../text/dates.ts';
import { isSubmission, type Sent } from '../applications.tsx';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { Gone } from '../parts/gone.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { byOffice, type Office } from './words.ts';

const BREATH = 4_000;
const SETTLED: readonly Application['state'][] = ['DECIDED', 'REJECTED', 'WITHDRAWN'];

/** What was sent together: each part by its office, how it stands, and what to do where one did not go. */
export function FolderScreen({ id }: { id: string }) {
  const { snapshot } = useDevice();
  const folder = snapshot.together?.value.folders.find((one) => one.id === id) ?? null;
  const asked = usePolling(id);
  if (folder) return <Told folder={folder} />;
  return asked ? <Gone text="together.gone" /> : <Loading />;
}

/** True once it has been asked; asked again while she looks at it. */
function usePolling(id: string): boolean {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && quietly(refreshFolder(id).finally(() => setAsked(true)));
    look();
    const clock = setInterval(look, BREATH);
    return () => clearInterval(clock);
  }, [id]);
  return asked;
}

/** How a part stands: `sent` is what the house has of it, `item` what this device still holds. */
type Standing = { part: FolderPart; sent: Application | null; item: Sent | null };

function Told({ folder }: { folder: Folder }) {
  const { snapshot, outbox } = useDevice();
  const { say, pick, language } = useSpeech();
  const mine = outbox.filter(isSubmission).filter((item) => item.wish.folder === folder.id);
  const all = folder.parts.map((part): Standing => {
    const item = mine.filter((one) => one.wish.step === part.step).at(-1) ?? null;
    const id = item?.outcome.state === 'accepted' ? item.id : part.application;
    const accepted = item?.outcome.state === 'accepted' ? item.outcome.application : null;
    return { part, item, sent: snapshot.applications?.value.find((one) => one.id === id) ?? accepted };
  });
  const waiting = all.filter(({ item }) => item && isUnsent(item)).length;
  const failed = all.filter(({ item, sent }) => !sent && item?.outcome.state === 'refused').length;
  const steps = snapshot.home ? stepsOfEvent(snapshot.home.value, folder.event) : [];
  const name = snapshot.home ? bundlesOfEvent(snapshot.home.value, folder.event)[0]?.name : undefined;
  return (
    <Page title={say('together.folderTitle')} back="/applications">
      {name && <p class="for-whom">{pick(name)}</p>}
      <p class="now" role="status" data-testid="folder-state">
        {say('together.received', { n: all.filter(({ sent }) => sent).length, all: all.length })}
        {waiting > 0 && ` ${say('together.waiting', { n: waiting })}`}
        {failed > 0 && ` ${say('together.failed', { n: failed })}`}
      </p>
      <p class="note">{dayAndTime(folder.completedAt, language)}</p>
      <Waiting folder={folder} items={all.flatMap(({ item }) => (item && isUnsent(item) ? [item] : []))} />
      {byOffice(all, ({ part }) => part.office).map((office) => <OfficeReceipt key={office.name.ja} office={office} />)}
      <Elsewhere steps={steps} />
    </Page>
  );
}

/** Why some are still here, and the one thing that lets them go. */
function Waiting({ folder, items }: { folder: Folder; items: readonly Sent[] }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const proof = items.find((item) => item.needsProof)?.needsProof;
  const to = `/folders/${folder.id}`;
  if (items.length === 0) return null;
  const prove = async () => {
    if (await proveFirst({ cardOnly: proof?.cardOnly ?? false, to })) await drain(true);
  };
  return (
    <div class="strip">
      {items.some((item) => item.needsSignIn) ? <><p>{say('outbox.signInHelp')}</p><LoginLink to={to} /></>
        : proof ? <><p>{say('stepUp.waitsHelp')}</p><button type="button" class="button" onClick={() => quietly(prove())}>{say('stepUp.toSend')}</button></>
        : (
          <>
            <p>{say(reached ? 'outbox.retryHelp' : 'outbox.waitingHelp')}</p>
            {reached && <button type="button" class="button" data-kind="quiet" onClick={() => void drain(true)}>{say('tryNow')}</button>}
          </>
        )}
    </div>
  );
}

/** The receipt of one office: what it has, under which numbers. */
function OfficeReceipt({ office }: { office: Office<Standing> }) {
  const { say, pick } = useSpeech();
  const here = useRef<HTMLElement>(null);
  const [missing, setMissing] = useState(0);
  const id = `office-${office.parts[0]?.part.step}`;
  const sent = office.parts.flatMap((one) => one.sent ?? []);
  const print = () => {
    here.current?.setAttribute('data-printed', '');
    window.print();
    here.current?.removeAttribute('data-printed');
  };
  const save = async () => setMissing(sent.length - (await saveReceipts(sent)));
  return (
    <section ref={here} class="office" aria-labelledby={id} data-testid="office">
      <h2 id={id}>{pick(office.name)}</h2>
      {sent.length > 0 && (
        <div class="office-acts">
          <button type="button" class="button" data-kind="quiet" onClick={() => quietly(save())}>{say('together.saveOffice', { n: sent.length })}</button>
          <button type="button" class="button" data-kind="quiet" onClick={print}>{say('together.printOffice')}</button>
        </div>
      )}
      <p role="status">{missing > 0 && say('together.receiptsMissing', { n: missing })}</p>
      <ul class="cards">{office.parts.map((one) => <PartCard key={one.part.step} {...one} />)}</ul>
    </section>
  );
}

function PartCard({ part, sent, item }: Standing) {
  const { say, pick } = useSpeech();
  const outcome = item?.outcome;
  const refused = !sent && outcome?.state === 'refused' ? outcome : null;
  return (
    <li class="box" data-testid={`sent-${part.step}`} data-app={sent?.state ?? outcome?.state}>
      <h3>{pick(part.title)}</h3>
      {sent && (
        <>
          <p class="badges"><span class="badge" data-app={sent.state}>{pick(sent.stateText)}</span></p>
          <p>{say('application.receipt')} <strong data-testid="receipt-number">{sent.receiptNumber}</strong></p>
          <p><a href={`/applications/${sent.id}`}>{say(SETTLED.includes(sent.state) ? 'together.toResult' : 'together.toReceipt', { name: pick(part.title) })}</a></p>
        </>
      )}
      {!sent && !refused && <p class="badges"><span class="badge">{say(outcome?.state === 'sending' ? 'outbox.sending' : 'outbox.waiting')}</span></p>}
      {refused && (
        <div role="alert">
          <p><strong>{say('outbox.refused')}</strong></p>
          <p>{pick(refused.message)}</p>
          <p>{say('together.othersStand')}</p>
          <a class="button" href={`/apply/${encodeURIComponent(part.step)}?write`}>{say('together.retry')}</a>
        </div>
      )}
    </li>
  );
}
