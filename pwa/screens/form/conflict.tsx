import { isOpen, otherThan, settled, type Conflict } from '../../data/merging.ts';
import type { Json } from '../../data/graphql.ts';
import type { Field } from '../../data/shapes.ts';
import { changeDraft, type Draft } from '../../device/drafts.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { useAnswerWords } from './words.ts';

type ConflictProps = { field: Field; draft: Draft; mine: Json | undefined; onChoose: (value: Json) => void };

/** Two hands wrote otherwise into one field: both are shown, and she says which stays. */
export function ConflictPart({ field, draft, mine, onChoose }: ConflictProps) {
  const { say, pick, language } = useSpeech();
  const inWords = useAnswerWords();
  const found = draft.conflicts?.[field.id];
  if (!found) return null;
  const choose = (value: Json) => {
    onChoose(value);
    void changeDraft(draft, (stored) => settled(stored, field.id, value, new Date().toISOString()));
  };
  const own = mine ?? null;
  const other = otherThan(draft, field.id, own);
  return (
    <div class="conflict" role="group" aria-label={say('conflict.title', { label: pick(field.label) })} data-testid={`conflict-${field.id}`}>
      <p><strong>{say('conflict.title', { label: pick(field.label) })}</strong></p>
      <Choice text={say('conflict.mine')} words={inWords(field, own)} use={say('conflict.useMine')} onUse={() => choose(own)} />
      <Choice text={otherText(found)} words={inWords(field, other)} use={say('conflict.useOther')} onUse={() => choose(other)} />
    </div>
  );

  function otherText({ at }: Conflict): string {
    return say('conflict.other', { time: moment(at, language) });
  }
}

function Choice({ text, words, use, onUse }: { text: string; words: string; use: string; onUse: () => void }) {
  return (
    <div class="conflict-side">
      <p><span class="note">{text}</span><br />{words}</p>
      <button type="button" class="button" data-kind="outline" onClick={onUse}>{use}</button>
    </div>
  );
}

/** Before it is sent she has chosen everywhere. */
export function ConflictNote({ draft }: { draft: Draft }) {
  const { say } = useSpeech();
  if (!isOpen(draft)) return null;
  return (
    <div class="alert" data-kind="note" role="status" data-testid="conflicts">
      <p><strong>{say('conflict.open', { n: Object.keys(draft.conflicts ?? {}).length })}</strong></p>
      <p>{say('conflict.openHelp')}</p>
    </div>
  );
}
