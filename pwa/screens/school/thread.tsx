import { useRef, useState } from 'preact/hooks';
import { containsIndividualNumber } from '../../data/individual-number.ts';
import { sentAnew } from '../../data/papers.ts';
import { waitingLines, writeToSchool, type LineItem } from '../../data/school.ts';
import type { Pupil, SchoolNotice } from '../../data/shapes.ts';
import { dropItem } from '../../device/outbox.ts';
import type { Paper } from '../../device/papers.ts';
import { moment } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Preview } from '../form/papers.tsx';
import { OutboxBadge } from '../parts/outbox-state.tsx';
import { useBegun } from '../parts/use-begun.ts';
import { Attach, LineFiles } from './line-files.tsx';

type Line = { text: string; papers: Paper[] };
const NOTHING: Line = { text: '', papers: [] };
const isEmpty = ({ text, papers }: Line): boolean => !text.trim() && papers.length === 0;

type Props = { notice: string; pupil: Pupil; lines: SchoolNotice['lines'] };

/** Words between her and the school on one notice: hers alone, another guardian sees none of them. */
export function Thread({ notice, pupil, lines }: Props) {
  const { say, language } = useSpeech();
  const { outbox } = useDevice();
  const [{ text, papers }, begin] = useBegun<Line>(`line ${notice} ${pupil.id}`, NOTHING, { isEmpty });
  const [wrong, tell] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const isOpen = useRef(false); // once open it does not close under her hands
  const going = useRef(false); // pressed twice, it is one line all the same
  const there = new Set(lines.map((line) => line.id)); // what has come stands once, though the outbox is still emptying
  const waiting = waitingLines(outbox, notice, pupil.id).filter((item) => !there.has(item.id));
  isOpen.current ||= lines.length + waiting.length > 0 || !isEmpty({ text, papers });
  const edit = (item: LineItem) => void dropItem(item.id).then(() => {
    begin({ text: item.wish.text, papers: sentAnew(item.wish.papers ?? []) });
    field.current?.focus();
  });
  const send = (event: Event) => {
    event.preventDefault();
    tell(containsIndividualNumber(text));
    if (going.current || isEmpty({ text, papers }) || containsIndividualNumber(text)) return;
    going.current = true;
    void writeToSchool({ notice, pupil: pupil.id, text: text.trim(), papers })
      .then(() => begin(NOTHING)).finally(() => { going.current = false; });
  };
  return (
    <details class="more" open={isOpen.current} data-testid="thread">
      <summary>{say('school.thread')}</summary>
      <ol class="lines">
        {lines.map((line) => (
          <li key={line.id} data-from={line.bySchool ? 'school' : 'me'}>
            <p class="note">{line.bySchool ? line.byName : say('school.you')}　{moment(line.at, language)}</p>
            {line.text !== '' && <p>{line.text}</p>}
            <LineFiles files={line.files ?? []} />
          </li>
        ))}
        {waiting.map((item) => <Waiting key={item.id} item={item} edit={edit} />)}
      </ol>
      <form noValidate onSubmit={send}>
        <div class="field">
          <label for={`line-${pupil.id}`}>{say('school.write', { school: pupil.school })}</label>
          <p class="note" id={`line-${pupil.id}-help`}>{say('school.writeHelp')}</p>
          {wrong && <p class="error" role="alert">{say('school.number')}</p>}
          <textarea
            id={`line-${pupil.id}`} ref={field} rows={3} aria-invalid={wrong} maxLength={1000} value={text} aria-describedby={`line-${pupil.id}-help`}
            onInput={(event) => begin({ text: event.currentTarget.value })}
          />
        </div>
        <Attach id={pupil.id} papers={papers} change={(changed) => begin({ papers: changed })} />
        <button class="button" data-kind="outline" disabled={isEmpty({ text, papers })}>{say('school.writeSend')}</button>
      </form>
    </details>
  );
}

/** What the school has not got: refused, it is hers to write anew or to remove. */
function Waiting({ item, edit }: { item: LineItem; edit: (item: LineItem) => void }) {
  const { say, pick } = useSpeech();
  const { wish, outcome } = item;
  return (
    <li data-from="me">
      <p class="badges"><OutboxBadge item={item} /></p>
      {wish.text !== '' && <p>{wish.text}</p>}
      {(wish.papers ?? []).map((paper) => <p key={paper.id} data-testid="waiting-file"><Preview paper={paper} /> {say(paper.mediaType === 'application/pdf' ? 'school.filePdf' : 'school.filePhoto')}</p>)}
      {outcome.state === 'refused' && (
        <>
          <p class="error">{pick(outcome.message)}</p>
          <p>
            <button type="button" class="button" data-kind="outline" onClick={() => edit(item)}>{say('school.lineEdit')}</button>{' '}
            <button type="button" class="button" data-kind="quiet" onClick={() => void dropItem(item.id)}>{say('school.lineDrop')}</button>
          </p>
        </>
      )}
    </li>
  );
}
