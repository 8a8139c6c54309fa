import { useState } from 'preact/hooks';
import { isOwed, isUnread } from '../../data/mail/letter.ts';
import type { SortAct } from '../../data/mail/sorting.ts';
import type { Notice } from '../../data/shapes.ts';
import { sortNotices } from '../../data/wishes.ts';
import { useSpeech } from '../device-state.tsx';
import { Mutes } from '../inbox/mutes.tsx';
import { Toast, type Told } from '../inbox/toast.tsx';

/** Unread again, away and back, and whether the like of it may make the phone ring. */
export function Sorting({ notice }: { notice: Notice }) {
  const { say } = useSpeech();
  const [told, tell] = useState<Told | null>(null);
  const press = (act: SortAct) => {
    if (act === 'ARCHIVE' && isOwed(notice)) return tell({ act, ids: [], left: 1, isAlone: true });
    void sortNotices(act, [notice.id]).catch(reportError);
    tell({ act, ids: [notice.id], left: 0 });
  };
  const acts: Exclude<SortAct, 'CONFIRM'>[] = [isUnread(notice) ? 'READ' : 'UNREAD', notice.archivedAt === null ? 'ARCHIVE' : 'UNARCHIVE'];
  return (
    <section class="not-printed" aria-labelledby="sorting">
      <h2 class="small" id="sorting">{say('mail.sort')}</h2>
      <ul class="chips">
        {acts.map((act) => <li key={act}><button type="button" onClick={() => press(act)}>{say(`inbox.act.${act}`)}</button></li>)}
      </ul>
      {notice.kind !== 'EMERGENCY' && <Mutes notice={notice} />}
      <Toast told={told} tell={tell} isRaised={false} />
    </section>
  );
}
