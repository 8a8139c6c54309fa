import { useEffect, useState } from 'preact/hooks';
import { cameBack, isSentBack } from '../data/again.ts';
import { inBytes } from '../data/picture.ts';
import { quietly, refreshApplication, refreshHome } from '../data/refresh.ts';
import { drain, takeBack } from '../data/send.ts';
import { proveFirst } from '../data/step-up.ts';
import type { Application } from '../data/shapes.ts';
import { earlierLines } from '../data/turns.ts';
import { stepsOf } from '../data/steps.ts';
import { dayAndTime, dayOfRecord } from '../text/dates.ts';
import { Standing } from './cases/standing.tsx';
import { Withdraw } from './cases/withdraw.tsx';
import { isSubmission, useFolderOf, type Sent } from './applications.tsx';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { LoginLink } from './parts/login-link.tsx';
import { Gone } from './parts/gone.tsx';
import { Line } from './parts/line.tsx';
import { Loading, Page } from './parts/page.tsx';
import { stateOf } from './parts/outbox-state.tsx';
import { InstallOffer } from './parts/install-offer.tsx';
import { HandIn } from './parts/papers.tsx';
import { PassOns } from './parts/pass-ons.tsx';
import { go } from './router.ts';
import { BillsOf } from './payments/of-application.tsx';
import { ReceiptPart } from './receipt.tsx';
import { Waits } from './tasks/waits.tsx';
import { Denied } from './parts/states.tsx';
import { formPath } from './parts/step-marks.tsx';

const FINAL: readonly Application['state'][] = ['DECIDED', 'REJECTED', 'WITHDRAWN'];
/** Only then a number of the ward's own is still to be awaited; a case worked in this house gets none. */
const ON_ITS_WAY: readonly Application['state'][] = ['WAITING', 'QUEUED'];
const BREATH = 4_000;

/** One application, from the moment she pressed send to its end. */
export function ApplicationScreen({ id }: { id: string }) {
  const { snapshot, outbox } = useDevice();
  const item = outbox.filter(isSubmission).find((one) => one.id === id);
  const outcome = item?.outcome;
  const accepted = outcome?.state === 'accepted' ? outcome.application : null;
  const application = snapshot.applications?.value.find((one) => one.id === id) ?? accepted;
  const asked = usePolling(id, item !== undefined && !accepted ? false : !application || !FINAL.includes(application.state));
  if (application) return <Told application={application} />;
  if (item) return <OnTheWay item={item} />;
  return asked ? <Gone text="application.gone" /> : <Loading />;
}

/** Asks every few seconds while she looks at it and it can still change; true once it has been asked. */
function usePolling(id: string, wanted: boolean): boolean {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    const look = () => document.visibilityState === 'visible' && quietly(refreshApplication(id).finally(() => setAsked(true)));
    look();
    const clock = setInterval(look, BREATH);
    return () => clearInterval(clock);
  }, [id, wanted]);
  return asked;
}

function OnTheWay({ item }: { item: Sent }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const { snapshot } = useDevice();
  const { outcome } = item;
  if (outcome.state === 'refused') return <Refused item={item} message={pick(outcome.message)} />;
  const sending = outcome.state === 'sending';
  const state = stateOf([item]);
  const rule = snapshot.viewer?.value.filedRule;
  return (
    <Page title={pick(item.wish.title)} back="/applications">
      <div class="strip" role="status">
        <p>
          <strong>{say(state.word)}</strong>
          <span class="note">{say(reached ? state.help : 'outbox.waitingHelp')}</span>
        </p>
        {item.needsSignIn && <LoginLink to={`/applications/${item.id}`} />}
        {item.needsProof && <ToProve item={item} cardOnly={item.needsProof.cardOnly} />}
        {!item.needsSignIn && !item.needsProof && !sending && reached && (
          <button type="button" class="button" data-kind="quiet" onClick={() => void drain(true)}>{say('tryNow')}</button>
        )}
      </div>
      <dl class="facts">
        <Line term={say('application.completedAt')}>{dayAndTime(item.wish.completedAt, language)}</Line>
        <Line term={say('application.sentTo')}>{pick(item.wish.form.submitTo)}</Line>
        {(item.wish.papers?.length ?? 0) > 0 && <Line term={say('papers.title')}>{say('papers.with', { n: item.wish.papers?.length ?? 0 })}</Line>}
      </dl>
      {rule && <p class="note">{pick(rule)}</p>}
      <HandIn procedure={item.wish.form.procedure} photographed={(item.wish.papers ?? []).map(({ paper }) => paper)} />
    </Page>
  );
}

/** Sent by itself, once, when she has proved who she is; by card, when she is back. */
function ToProve({ item, cardOnly }: { item: Sent; cardOnly: boolean }) {
  const { say } = useSpeech();
  const prove = async () => {
    if (await proveFirst({ cardOnly, to: `/applications/${item.id}` })) await drain(true);
  };
  const back = async () => {
    await takeBack(item.id, item.wish);
    go(`/apply/${encodeURIComponent(item.wish.step)}?write`);
  };
  return (
    <>
      <button type="button" class="button" onClick={() => quietly(prove())}>{say('stepUp.toSend')}</button>
      <button type="button" class="button" data-kind="quiet" onClick={() => quietly(back())}>{say('stepUp.backToForm')}</button>
    </>
  );
}

function Refused({ item, message }: { item: Sent; message: string }) {
  const { say, pick } = useSpeech();
  return (
    <Page title={pick(item.wish.title)} back="/applications">
      <Denied title={say('outbox.refused')}>{message}<br />{say('outbox.refusedHelp')}</Denied>
      <a class="button" href={`/apply/${encodeURIComponent(item.wish.step)}`}>{say('outbox.toForm')}</a>
    </Page>
  );
}

function Told({ application }: { application: Application }) {
  const { say, pick, language } = useSpeech();
  const folder = useFolderOf(application.id);
  return (
    <Page title={pick(application.title)} back="/applications">
      <Standing application={application}><Again application={application} /></Standing>
      <div class="receipt" role="status" data-app={application.state}>
        <p class="now">{pick(application.stateText)}</p>
        <p class="note">{say('application.receipt')}</p>
        <p class="number" data-testid="receipt-number">{application.receiptNumber}</p>
      </div>
      {folder && <p><a class="to-folder" href={`/folders/${folder.id}`}>{say('together.toFolder', { n: folder.parts.length })}</a></p>}
      <dl class="facts">
        {application.actedBy && (
          <Line term={say('application.actedBy')}>
            <span data-testid="acted-by"><strong>{say('acting.by')}</strong>：{application.actedBy.name}（{pick(application.actedBy.kind)}）</span>
          </Line>
        )}
        <Line term={say('application.sentTo')}>{pick(application.sentTo)}</Line>
        {(application.wardNumber !== null || ON_ITS_WAY.includes(application.state)) && (
          <Line term={say('application.wardNumber')}>{application.wardNumber ?? say('application.noWardNumber')}</Line>
        )}
        <Times application={application} />
        {!application.receivedOn && application.filed && <Line term={say('application.filedAt')}>{dayAndTime(application.filed.at, language)}<span class="note" data-testid="filed">{pick(application.filed.text)}</span></Line>}
      </dl>
      <ClockNote ahead={application.clockAhead} />
      <SentPapers papers={application.attachments} />
      {application.digest !== null && !application.receivedOn && (
        <details class="digest">
          <summary>{say('application.digest')}</summary>
          <p class="note">{say('application.digestHelp')}</p>
          <p><code>{application.digest}</code></p>
        </details>
      )}
      <BillsOf application={application.id} />
      {!application.receivedOn && <ReceiptPart application={application} />}
      <InstallOffer />
      {!FINAL.includes(application.state) && !application.receivedOn && <HandIn procedure={application.procedure} photographed={application.attachments.map(({ paper }) => paper)} />}
      <Waits application={application} />
      <PassOns application={application} />
      <section aria-labelledby="history">
        <h2 id="history">{say('application.history')}</h2>
        <ol class="timeline">
          {[...earlierLines(application), ...application.history].map((event) => (
            <li key={`${event.at} ${event.state}`} data-app={event.state}>
              <span class="note">{dayAndTime(event.at, language)}</span>
              <strong>{pick(event.text)}</strong>
              {event.note !== null && <span>{event.note}</span>}
            </li>
          ))}
        </ol>
      </section>
      {!FINAL.includes(application.state) && <Withdraw application={application} />}
    </Page>
  );
}

/** When she sent it; of a paper that the ward took in, the day of its stamp. */
function Times({ application }: { application: Application }) {
  const { say, language } = useSpeech();
  if (application.receivedOn) {
    return (
      <Line term={say('application.receivedOn')}>
        <span data-testid="on-paper">{dayOfRecord(application.receivedOn, language)}<span class="note">{say('application.onPaper')}</span></span>
      </Line>
    );
  }
  return (
    <>
      <Line term={say('application.completedAt')}>{dayAndTime(application.completedAt, language)}</Line>
      <Line term={say('application.acceptedAt')}>{dayAndTime(application.acceptedAt, language)}</Line>
    </>
  );
}

/** Her phone's clock was wrong, and the time she completed it was put right by so much. */
function ClockNote({ ahead }: { ahead: number | null }) {
  const { say } = useSpeech();
  if (!ahead) return null;
  const minutes = Math.round(Math.abs(ahead) / 60);
  const hours = Math.round(minutes / 60);
  const by = hours >= 48 ? say('clock.days', { n: Math.round(hours / 24) }) : minutes >= 90 ? say('clock.hours', { n: hours }) : say('clock.minutes', { n: minutes });
  return <p class="note" data-testid="clock-note">{say(ahead > 0 ? 'clock.ahead' : 'clock.behind', { by })}</p>;
}

/** What she photographed, as the house keeps it and the ward was given it. */
function SentPapers({ papers }: { papers: Application['attachments'] }) {
  const { say, pick } = useSpeech();
  if (!papers.length) return null;
  return (
    <section aria-labelledby="sent-papers" data-testid="sent-papers">
      <h2 id="sent-papers">{say('papers.sentTitle')}</h2>
      <ul class="links">
        {papers.map((paper) => (
          <li key={paper.file}><a href={`/uploads/${paper.file}`} download>{pick(paper.name)}（{inBytes(paper.size)}）</a></li>
        ))}
      </ul>
      <p class="note">{say('papers.copies')}</p>
    </section>
  );
}

/** The way back to the form when it is her turn again; a home older than the ward's word cannot know and is asked anew. */
function Again({ application }: { application: Application }) {
  const { home } = useDevice().snapshot;
  const { say } = useSpeech();
  const heardAt = application.history.at(-1)?.at ?? application.acceptedAt;
  const isNews = home !== null && Date.parse(home.value.answeredAt) < Date.parse(heardAt);
  useEffect(() => {
    if (isNews) quietly(refreshHome('when old'));
  }, [isNews, heardAt]);
  const step = home && stepsOf(home.value).find((one) => one.application?.id === application.id);
  if (!step?.form || !cameBack(step)) return null;
  return <a class="button" href={formPath(step)}>{say(isSentBack(step) ? 'step.correct' : 'step.apply')}</a>;
}
