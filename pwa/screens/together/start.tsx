import { useEffect } from 'preact/hooks';
import { togetherPath } from '../../data/events.ts';
import { changeConversation, refreshFolders } from '../../data/folders.ts';
import { heldBackOf } from '../../data/form.ts';
import { quietly, refreshHome } from '../../data/refresh.ts';
import type { Question, Step } from '../../data/shapes.ts';
import { isSeen, isUnknown } from '../../data/together.ts';
import { dayAndTime } from '../../text/dates.ts';
import { comma } from '../../text/lists.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Due } from '../parts/due.tsx';
import { Masked } from '../parts/masked.tsx';
import { QuestionPart } from '../parts/question.tsx';
import { useSourceName } from '../parts/source-name.ts';
import { Elsewhere } from './elsewhere.tsx';
import type { Conversing } from './use-together.ts';

type StartProps = { event: string; talk: Conversing; pages: number };

/** What is in the conversation, what is still to be told before, and what stands beside it. */
export function Start({ event, talk, pages }: StartProps) {
  const { say, language } = useSpeech();
  const nameOf = useSourceName();
  const path = togetherPath(event);
  const unknown = talk.all.filter((asked) => isUnknown(asked) && asked.field.required && isSeen(asked, talk.parts)).length;
  const asks = talk.steps.filter((step) => step.state === 'ASK');
  const heldBack = [...new Set(talk.parts.flatMap((draft) => heldBackOf(draft.form)))];
  const isMasked = talk.all.some((asked) => asked.field.masked);
  return (
    <>
      {talk.here.length > 0 && <p class="lead">{say('together.lead')}</p>}
      <Before event={event} />
      <Asks steps={asks} />
      {heldBack.length > 0 && (
        <div class="strip" data-testid="held-back">
          <p>{say('heldBack.note', { source: heldBack.map(nameOf).join(comma(language)) })}</p>
          <a href="/consents">{say('heldBack.change')}</a>
        </div>
      )}
      {isMasked && <Masked to={path} again={() => refreshHome('when old')} />}
      {talk.here.length > 0 ? (
        <>
          <fieldset class="field" data-testid="parts">
            <legend>{say('together.parts', { n: talk.here.length })}</legend>
            <p class="note">{say('together.partsHelp')}</p>
            <div class="options">{talk.here.map((step) => <Choose key={step.id} event={event} step={step} talk={talk} />)}</div>
          </fieldset>
          {talk.parts.length > 0
            ? <a class="button" href={pages ? `${path}?page=1` : `${path}?review`}>{unknown ? say('together.begin', { n: unknown }) : say('together.beginNone')}</a>
            : <p role="status">{say('together.noneChosen')}</p>}
        </>
      ) : asks.length === 0 && <p>{say('together.nothingHere')}</p>}
      {event === 'moving' && <p class="strip"><a href="/moving/difference">{say('move.open')}</a></p>}
      <Elsewhere steps={talk.steps} />
    </>
  );
}

/** One of those filed here; she may leave it out, and it waits for another time. */
function Choose({ event, step, talk }: { event: string; step: Step; talk: Conversing }) {
  const { say, pick } = useSpeech();
  const isIn = !talk.left.includes(step.id);
  const choose = (wanted: boolean) =>
    quietly(changeConversation(event, (was) => ({
      ...was, left: wanted ? was.left.filter((id) => id !== step.id) : [...was.left, step.id],
    })));
  return (
    <label class="option" data-testid={`part-${step.id}`}>
      <input type="checkbox" checked={isIn} onChange={(event) => choose(event.currentTarget.checked)} />
      <span>
        <strong>{pick(step.name)}</strong>
        {step.subject && <span class="note">{say('step.forWhom', { name: step.subject.name })}</span>}
        <Due step={step} />
      </span>
    </label>
  );
}

/** Questions that decide what is open at all, each once. */
function Asks({ steps }: { steps: readonly Step[] }) {
  const { say } = useSpeech();
  const found = new Map<string, { step: string; question: Question }>();
  for (const step of steps) for (const question of step.asks) if (!found.has(question.fact)) found.set(question.fact, { step: step.id, question });
  if (found.size === 0) return null;
  return (
    <section class="box" aria-labelledby="asks" data-testid="asks">
      <h2 id="asks">{say('together.asks')}</h2>
      {[...found.values()].map(({ step, question }) => <QuestionPart key={question.fact} step={step} question={question} />)}
    </section>
  );
}

/** What was sent together before about this event. */
function Before({ event }: { event: string }) {
  const { say, language } = useSpeech();
  const { snapshot } = useDevice();
  useEffect(() => quietly(refreshFolders()), []);
  const before = (snapshot.together?.value.folders ?? []).filter((one) => one.event === event);
  if (before.length === 0) return null;
  return (
    <ul class="links" data-testid="folders">
      {before.map((folder) => (
        <li key={folder.id}>
          <a href={`/folders/${folder.id}`}>{say('together.before', { time: dayAndTime(folder.completedAt, language), n: folder.parts.length })}</a>
        </li>
      ))}
    </ul>
  );
}
