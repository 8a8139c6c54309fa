import { useEffect } from 'preact/hooks';
import { refreshFolders, type Folder } from '../data/folders.ts';
import { isOpen } from '../data/merging.ts';
import { quietly, refreshApplications } from '../data/refresh.ts';
import type { Application } from '../data/shapes.ts';
import type { Draft } from '../device/drafts.ts';
import type { OutboxItem, Submission } from '../device/outbox.ts';
import { dayAndTime, dayOfRecord, moment } from '../text/dates.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { Age } from './parts/age.tsx';
import { OutboxBadge } from './parts/outbox-state.tsx';
import { OutboxStrip } from './parts/outbox-strip.tsx';
import { Page } from './parts/page.tsx';
import { Empty } from './parts/states.tsx';

export type Sent = OutboxItem & { wish: Submission };
export const isSubmission = (item: OutboxItem): item is Sent => item.wish.kind === 'submit';

/** What she is writing, what waits to be sent, and what was sent. */
export function ApplicationsScreen() {
  const { snapshot, drafts, outbox } = useDevice();
  const { say } = useSpeech();
  useEffect(() => quietly(refreshApplications().then(refreshFolders)), []);
  const sent = snapshot.applications?.value ?? [];
  const waiting = outbox.filter(isSubmission).filter((item) => item.outcome.state !== 'accepted');
  return (
    <Page title={say('applications.title')} lead={<Age kept={snapshot.applications} />}>
      <OutboxStrip />
      <p class="strip"><a href="/parts">{say('parts.all')}</a></p>
      <p class="strip"><a href="/documents">{say('issued.title')}</a></p>
      {drafts.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 id="drafts">{say('applications.drafts')}</h2>
          <ul class="cards">{drafts.map((draft) => <DraftCard key={draft.step} draft={draft} />)}</ul>
        </section>
      )}
      <a class="button" data-kind="quiet" href="/carry">{say('carry.take')}</a>
      <section aria-labelledby="sent">
        <h2 id="sent">{say('applications.sent')}</h2>
        {sent.length + waiting.length === 0 && <Empty>{say('applications.empty')}<br />{say('applications.emptyHelp')}</Empty>}
        <ul class="cards">
          {waiting.map((item) => <WaitingCard key={item.id} item={item} />)}
          {sent.map((application) => <SentCard key={application.id} application={application} />)}
        </ul>
      </section>
    </Page>
  );
}

/** What it was sent together with, when it was; alone in its folder it needs no way there. */
export function useFolderOf(application: string): Folder | null {
  const { together } = useDevice().snapshot;
  const found = together?.value.folders.find(({ parts }) => parts.some((part) => part.application === application));
  return found && found.parts.length > 1 ? found : null;
}

function DraftCard({ draft }: { draft: Draft }) {
  const { say, pick, language } = useSpeech();
  return (
    <li class="step-card">
      <h3><a href={`/apply/${encodeURIComponent(draft.step)}`}>{pick(draft.form.title)}</a></h3>
      <p class="note">{say('applications.savedAt', { time: moment(draft.savedAt, language) })}</p>
      {isOpen(draft) && <p class="error">{say('conflict.open', { n: Object.keys(draft.conflicts ?? {}).length })}</p>}
      {draft.refused.length > 0 && <p class="error">{say('form.errors', { n: draft.refused.length })}</p>}
    </li>
  );
}

function WaitingCard({ item }: { item: Sent }) {
  const { say, pick } = useSpeech();
  const papers = item.wish.papers?.length ?? 0;
  return (
    <li class="step-card">
      <h3><a href={`/applications/${item.id}`}>{pick(item.wish.title)}</a></h3>
      <p class="badges">
        <OutboxBadge item={item} />
      </p>
      {papers > 0 && <p class="note">{say('papers.with', { n: papers })}</p>}
    </li>
  );
}

function SentCard({ application }: { application: Application }) {
  const { say, pick, language } = useSpeech();
  const folder = useFolderOf(application.id);
  return (
    <li class="step-card">
      <h3><a href={`/applications/${application.id}`}>{pick(application.title)}</a></h3>
      <p class="badges"><span class="badge" data-app={application.state}>{say(`app.${application.state}`)}</span></p>
      <p class="note">
        {application.receivedOn ? `${say('application.byPaper')} ${dayOfRecord(application.receivedOn, language)}` : dayAndTime(application.completedAt, language)}・{say('application.receipt')} {application.receiptNumber}
      </p>
      {folder && <p class="note"><a href={`/folders/${folder.id}`}>{say('together.toFolder', { n: folder.parts.length })}</a></p>}
    </li>
  );
}
