import { useEffect, useState } from 'preact/hooks';
import { isPutOff } from '../../data/patience.ts';
import { refreshSchools } from '../../data/school.ts';
import { quietly } from '../../data/refresh.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { listPath } from '../inbox/place.ts';
import { Crowded } from '../parts/crowded.tsx';
import { Gone } from '../parts/gone.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { SchoolReply } from './reply.tsx';

/** A notice of a school that does not lie in her inbox, because she joined the child after it was sent; she answers it all the same. */
export function EarlierNotice({ id }: { id: string }) {
  const { schools } = useDevice().snapshot;
  const { say, pick, language } = useSpeech();
  const { reached, crowdedUntil } = useLine();
  const hasRoom = crowdedUntil === null;
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    let isTold = true;
    const heard = refreshSchools().catch((cause: unknown) => { isTold = !isPutOff(cause); throw cause; });
    quietly(heard.finally(() => setAsked(isTold)));
  }, [id, hasRoom]);
  const notice = schools?.value.notices.find((one) => one.notice === id);
  const school = schools?.value.pupils.find((one) => one.id === notice?.pupil)?.school;
  if (!notice || school === undefined) return asked ? <Gone text={reached ? 'inbox.gone' : 'inbox.notHere'} /> : <><Loading /><p class="note" role="status"><Crowded /></p></>;
  return (
    <Page title={pick(notice.title)} back={listPath()} lead={<p class="note">{say('inbox.from', { sender: school, time: dayAndTime(notice.sentAt, language) })}</p>}>
      <p class="note">{say('school.beforeYou')}</p>
      <div class="letter">{pick(notice.body)}</div>
      <SchoolReply notice={id} />
    </Page>
  );
}
