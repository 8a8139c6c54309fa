import { undoOf, type SortAct } from '../../data/mail/sorting.ts';
import { sortNotices } from '../../data/wishes.ts';
import { useSpeech, type Speech } from '../device-state.tsx';
import { UndoBar } from '../parts/undo-bar.tsx';

/** What has just been done with which notices; `left`: how many of those chosen stay as they were, to be opened or answered
 * first. `isAlone`: it is the notice that lies open. */
export type Told = { act: SortAct; ids: string[]; left: number; isUndone?: boolean; isAlone?: boolean };
type ToastProps = { told: Told | null; tell: (told: Told | null) => void; isRaised: boolean };

/** It stays until she closes it or does the next thing: nobody is hurried to take something back. */
export function Toast({ told, tell, isRaised }: ToastProps) {
  const { say } = useSpeech();
  const back = told && !told.isUndone && told.ids.length > 0 ? undoOf(told.act) : null;
  const undo = (done: Told, act: SortAct) => {
    void sortNotices(act, done.ids).catch(reportError);
    tell({ ...done, isUndone: true, left: 0 });
  };
  return (
    <div class="toast-place" role="status" data-raised={isRaised ? '' : undefined}>
      {told && <UndoBar words={sentence(told, say)} undo={back ? () => undo(told, back) : undefined} close={() => tell(null)} />}
    </div>
  );
}

function sentence({ act, ids, left, isUndone, isAlone }: Told, say: Speech['say']): string {
  if (isUndone) return say('inbox.undone');
  if (isAlone) return say('mail.owed');
  const done = ids.length > 0 ? say(`inbox.did.${act}`, { n: ids.length }) : left > 0 ? '' : say('inbox.nothingChanged');
  return left > 0 ? `${done} ${say(act === 'ARCHIVE' ? 'inbox.owed' : 'inbox.left', { n: left })}`.trim() : done;
}
