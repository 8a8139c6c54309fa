import { useEffect, useState } from 'preact/hooks';
import { quietly, refreshNotice } from '../data/refresh.ts';
import type { Notice } from '../data/shapes.ts';
import { openNotice } from '../data/wishes.ts';
import { dayAndTime, longDay } from '../text/dates.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { Gone } from './parts/gone.tsx';
import { Loading, Page } from './parts/page.tsx';
import { safePath } from './router.ts';

/** One notice; to open it is to have read it, and the sender is told so through the outbox. */
export function NoticeScreen({ id }: { id: string }) {
  const { inbox } = useDevice().snapshot;
  const [asked, setAsked] = useState(false);
  const notice = inbox?.value.find((one) => one.id === id);
  useEffect(() => quietly(refreshNotice(id).finally(() => setAsked(true))), [id]);
  useEffect(() => {
    if (notice) void openNotice(notice);
  }, [notice?.id, notice?.openedAt === null]);
  if (notice) return <Letter notice={notice} />;
  return asked ? <Gone text="inbox.gone" /> : <Loading />;
}

function Letter({ notice }: { notice: Notice }) {
  const { say, pick, language } = useSpeech();
  return (
    <Page title={pick(notice.title)} back="/inbox">
      <p class="note">{say('inbox.from', { sender: pick(notice.sender), time: dayAndTime(notice.sentAt, language) })}</p>
      <p class="badges"><span class="badge" data-kind={notice.kind}>{say(`kind.${notice.kind}`)}</span></p>
      {notice.actBy !== null && (
        <p class="due" data-near="">{say('inbox.actBy', { day: longDay(notice.actBy, language) })}</p>
      )}
      <div class="letter">{pick(notice.body)}</div>
      {notice.about !== null && <a class="button" href={safePath(notice.about)}>{say('inbox.about')}</a>}
    </Page>
  );
}
