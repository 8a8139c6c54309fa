import { isOwed, mustBeOpened } from '../../data/mail/letter.ts';
import { changedBy, type SortAct } from '../../data/mail/sorting.ts';
import type { Notice } from '../../data/shapes.ts';
import { sortNotices } from '../../data/wishes.ts';
import { useSpeech } from '../device-state.tsx';
import type { Told } from './toast.tsx';

type ChoosingProps = {
  shown: Notice[]; chosen: ReadonlySet<string>; choose: (chosen: ReadonlySet<string> | null) => void; tell: (told: Told) => void;
};

/** What may be done with those she has chosen; it lies above the doors, where the thumb is. */
export function Choosing({ shown, chosen, choose, tell }: ChoosingProps) {
  const { say } = useSpeech();
  const picked = shown.filter(({ id }) => chosen.has(id));
  const areArchived = shown.some(({ archivedAt }) => archivedAt !== null);
  const isWhole = picked.length === shown.length;
  const press = (act: SortAct) => {
    const ids = changedBy(act, picked).map(({ id }) => id);
    tell({ act, ids, left: picked.filter((one) => (act === 'READ' ? mustBeOpened(one) : act === 'ARCHIVE' && isOwed(one))).length });
    if (ids.length > 0) void sortNotices(act, ids).catch(reportError);
    choose(new Set());
  };
  return (
    <div class="choosing" role="group" aria-label={say('inbox.chosen', { n: picked.length })}>
      <button type="button" aria-label={say(isWhole ? 'inbox.chooseNone' : 'inbox.chooseAll')} onClick={() => choose(isWhole ? new Set() : new Set(shown.map(({ id }) => id)))}>
        {say(isWhole ? 'inbox.bar.none' : 'inbox.bar.all')}
      </button>
      {(['READ', 'UNREAD', areArchived ? 'UNARCHIVE' : 'ARCHIVE'] as const).map((act) => (
        <button key={act} type="button" disabled={picked.length === 0} aria-label={say(`inbox.act.${act}`)} onClick={() => press(act)}>{say(`inbox.bar.${act}`)}</button>
      ))}
    </div>
  );
}
