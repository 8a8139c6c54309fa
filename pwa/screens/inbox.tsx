import { useEffect } from 'preact/hooks';
import { quietly, refreshInbox } from '../data/refresh.ts';
import type { Notice } from '../data/shapes.ts';
import { moment, shortDay } from '../text/dates.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { Age } from './parts/age.tsx';
import { Page } from './parts/page.tsx';

/** All notices this device holds, the newest first. */
export function InboxScreen() {
  const { inbox } = useDevice().snapshot;
  const { say } = useSpeech();
  useEffect(() => quietly(refreshInbox()), []);
  const notices = inbox?.value ?? [];
  return (
    <Page title={say('inbox.title')} lead={<Age kept={inbox} />}>
      {notices.length === 0 && <p>{say('inbox.empty')}<br />{say('inbox.emptyHelp')}</p>}
      <ul class="cards">{notices.map((notice) => <NoticeCard key={notice.id} notice={notice} />)}</ul>
    </Page>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { say, pick, language } = useSpeech();
  const unread = notice.openedAt === null;
  return (
    <li class="step-card" data-unread={unread ? '' : undefined} data-testid={`notice-${notice.id}`}>
      <h2>
        <a href={`/inbox/${notice.id}`}>{pick(notice.title)}</a>
      </h2>
      <p class="badges">
        {unread && <span class="badge" data-state="ASK">{say('inbox.unread')}</span>}
        <span class="badge" data-kind={notice.kind}>{say(`kind.${notice.kind}`)}</span>
      </p>
      {notice.actBy !== null && <p class="due">{say('inbox.actBy', { day: shortDay(notice.actBy, language) })}</p>}
      <p class="note">{say('inbox.from', { sender: pick(notice.sender), time: moment(notice.sentAt, language) })}</p>
    </li>
  );
}
