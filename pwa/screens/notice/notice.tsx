import { useEffect, useRef, useState } from 'preact/hooks';
import { isUnread, lastDayOf, nearness } from '../../data/mail/letter.ts';
import { isPutOff } from '../../data/patience.ts';
import { quietly, refreshNotice } from '../../data/refresh.ts';
import type { Notice } from '../../data/shapes.ts';
import type { Language } from '../../text/languages.ts';
import { isTold } from '../../text/speak.ts';
import { openNotice } from '../../data/wishes.ts';
import { dayAndTime, dayAt, longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { headline } from '../inbox/headline.ts';
import { listPath } from '../inbox/place.ts';
import { useChildren, useInbox } from '../inbox/use-inbox.ts';
import { Crowded } from '../parts/crowded.tsx';
import { Gone } from '../parts/gone.tsx';
import { later } from '../parts/later.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { safePath } from '../router.ts';
import { Changed, Recalled } from './changed.tsx';
import { Confirm } from './confirm.tsx';
import { Files } from './files.tsx';
import { Words } from './words.tsx';
import { Sorting } from './sorting.tsx';

/** One notice; to open it is to have read it, and the sender is told so through the outbox. */
export function NoticeScreen({ id }: { id: string }) {
  const inbox = useInbox();
  const [asked, setAsked] = useState<'found' | 'none' | null>(null); // found, it is on this screen in a moment
  const [opened, setOpened] = useState('');
  const here = inbox?.find((one) => one.id === id);
  const shown = useRef<Notice | undefined>(undefined); // the list, told anew, forgets an older one while she reads it
  if (here || shown.current?.id !== id) shown.current = here;
  const notice = shown.current;
  const { reached, crowdedUntil } = useLine();
  const hasRoom = crowdedUntil === null;
  useEffect(() => {
    let is: 'found' | 'none' | null = 'none';
    const heard = refreshNotice(id).then((found) => { if (found) is = 'found'; });
    quietly(heard.catch((cause: unknown) => { if (isPutOff(cause)) is = null; throw cause; }).finally(() => setAsked(is)));
  }, [id, hasRoom]);
  const lacksEarlier = asked !== null && reached && notice !== undefined && notice.revision > 1 && !notice.earlier;
  useEffect(() => { if (lacksEarlier) quietly(refreshNotice(id)); }, [lacksEarlier]); // corrected while it lies open
  const revision = notice && `${notice.id} ${notice.revision}`;
  useEffect(() => {
    if (!notice || revision === undefined || opened === revision) return;
    setOpened(revision); // she may mark it as unread while it lies open
    if (isUnread(notice)) void openNotice(notice).catch(reportError);
  }, [revision]);
  if (notice) return <Letter notice={notice} />;
  if (asked === 'none') return <earlier.Room id={id} />;
  return <><Loading /><p class="note" role="status"><Crowded /></p></>;
}

function Letter({ notice }: { notice: Notice }) {
  const speech = useSpeech();
  const { say, pick } = speech;
  const [language, read] = useState<Language>(isTold(speech.language, notice.body) ? speech.language : speech.written);
  const line = headline(notice, useChildren(), speech);
  return (
    <Page title={pick(notice.title)} back={listPath()} lead={<Lead notice={notice} line={line} />}>
      {notice.recalledAt !== null ? <Recalled notice={notice} /> : notice.revision > 1 && <Changed notice={notice} language={language} />}
      <Words notice={notice} language={language} read={read} />
      <Files notice={notice} />
      <FromSchool notice={notice} />
      <Confirm notice={notice} />
      {notice.about !== null && <a class="button not-printed" href={safePath(notice.about)}>{say('inbox.about')}</a>}
      <Sorting notice={notice} />
    </Page>
  );
}

function Lead({ notice, line }: { notice: Notice; line: string }) {
  const { say, pick, language } = useSpeech();
  const last = lastDayOf(notice);
  const near = nearness(notice, dayAt(new Date()));
  return (
    <>
      {line !== '' && <p class="headline" data-pressing={near === 'later' || near === null ? undefined : ''}>{line}</p>}
      {last !== null && notice.recalledAt === null && (
        <p class="due">{say(near === 'past' ? 'mail.lastDayWas' : 'mail.lastDay', { day: longDay(last, language) })}</p>
      )}
      <p class="note">{say('inbox.from', { sender: pick(notice.sender), time: dayAndTime(notice.sentAt, language) })}</p>
    </>
  );
}

/** Perhaps a school's, from before she joined the child; else it is nowhere. */
const earlier = later(async () => (await import('../school/earlier.tsx')).EarlierNotice, () => <Gone text="inbox.notHere" />);

/** What a school asks, and the words with it; fetched with the first such notice, so that the inbox itself is light. */
const reply = later(async () => (await import('../school/reply.tsx')).SchoolReply, () => null, () => null);

function FromSchool({ notice }: { notice: Notice }) {
  const isSchools = notice.senderKey.startsWith('school:') && notice.recalledAt === null;
  return isSchools ? <reply.Room notice={notice.id} /> : null;
}
