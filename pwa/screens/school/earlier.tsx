import { useEffect, useState } from 'preact/hooks';
import { refreshSchools } from '../../data/school.ts';
import { quietly } from '../../data/refresh.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { listPath } from '../inbox/place.ts';
import { Gone } from '../parts/gone.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { SchoolReply } from './reply.tsx';

/** A notice of a school that does not lie in her inbox, because she joined the child after it was sent; she answers it all the same. */
export function EarlierNotice({ id }: { id: string }) {
  const { schools } = useDevice().snapshot;
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [asked, setAsked] = useState(false);
  useEffect(() => quietly(refreshSchools().finally(() => setAsked(true))), [id]);
  const notice = schools?.value.notices.find((one) => one.notice === id);
  const school = schools?.value.pupils.find((one) => one.id === notice?.pupil)?.school;
  if (!notice || school === undefined) return asked ? <Gone text={reached ? 'inbox.gone' : 'inbox.notHere'} /> : <Loading />;
  return (
    <Page title={pick(notice.title)} back={listPath()} lead={<p class="note">{say('inbox.from', { sender: school, time: dayAndTime(notice.sentAt, language) })}</p>}>
      <p class="note">{say('school.beforeYou')}</p>
      <div class="letter">{pick(notice.body)}</div>
      <SchoolReply notice={id} />
    </Page>
  );
}
