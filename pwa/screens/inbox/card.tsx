import { isUnread, nearness } from '../../data/mail/letter.ts';
import type { Notice } from '../../data/shapes.ts';
import { dayAt, moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { headline } from './headline.ts';
import { useChildren } from './use-inbox.ts';

/** `isChosen` null: nothing is being chosen, and the card leads to the notice. */
type CardProps = { notice: Notice; isChosen: boolean | null; toggle: () => void };

export function NoticeCard({ notice, isChosen, toggle }: CardProps) {
  return (
    <li class="step-card notice-card" data-unread={isUnread(notice) ? '' : undefined} data-chosen={isChosen ? '' : undefined} data-testid={`notice-${notice.id}`}>
      {isChosen === null ? <h3><a href={`/inbox/${notice.id}`}><Title notice={notice} /></a></h3> : (
        <label class="choose"><input type="checkbox" checked={isChosen} onChange={toggle} /><span><Title notice={notice} /></span></label>
      )}
      <Foot notice={notice} />
    </li>
  );
}

/** For whom, by when and what to do, before what it is called. */
function Title({ notice }: { notice: Notice }) {
  const speech = useSpeech();
  const line = headline(notice, useChildren(), speech);
  const near = nearness(notice, dayAt(new Date()));
  const isPressing = notice.kind === 'EMERGENCY' || near === 'past' || near === 'today' || near === 'tomorrow';
  return (
    <>
      {line !== '' && <><span class="headline" data-pressing={isPressing ? '' : undefined}>{line}</span>{' '}</>}
      <span class="notice-title" data-recalled={notice.recalledAt === null ? undefined : ''}>{speech.pick(notice.title)}</span>
    </>
  );
}

function Foot({ notice }: { notice: Notice }) {
  const { say, pick, language } = useSpeech();
  const isCorrected = notice.revision > 1 && notice.recalledAt === null;
  return (
    <p class="notice-foot note">
      {isUnread(notice) && <span class="badge" data-state="ASK">{say('inbox.unread')}</span>}
      {isCorrected && <span class="badge" data-state="ASK">{say('mail.corrected')}</span>}
      {notice.attachments.length > 0 && <span class="badge">{say('mail.files')} {notice.attachments.length}</span>}
      <span>{say('inbox.from', { sender: pick(notice.sender), time: moment(notice.sentAt, language) })}</span>
    </p>
  );
}
