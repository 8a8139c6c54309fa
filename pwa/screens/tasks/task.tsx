import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { DeclineTask, DoTask, ShowTask } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import type { Task } from '../../data/shapes.ts';
import { faultsOf, type Faults } from '../../data/tasks.ts';
import { forgetTyped, keepTyped, readTyped, shelfOf, type Typed } from '../../data/typed.ts';
import { longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Trouble, useAsked } from '../family/asking.tsx';
import { Sure } from '../family/mandate.tsx';
import { useAskedFirst } from '../parts/asked-first.ts';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Page } from '../parts/page.tsx';
import { useCode } from '../parts/use-code.ts';
import { Done } from '../parts/states.tsx';
import { Copy, Line } from './entry.tsx';

type End = 'done' | 'declined' | null;

/** One paper by one link, on any phone or PC: no login, nothing else of her, once. */
export function TaskScreen() {
  const code = useCode();
  return <One key={code} code={code} />;
}

function One({ code }: { code: string }) {
  const { say } = useSpeech();
  const { value, trouble, again } = useAsked(() => had(async () => (await ask(ShowTask, { code })).task, 'Task'), code);
  const { answers, write, forget } = useTyped(code);
  const [end, setEnd] = useState<End>(null);
  const ended = (how: End) => {
    forget();
    setEnd(how);
  };
  if (end === 'declined') {
    return <Page title={say('task.declined')}><p role="status">{say('task.declinedHelp', { name: value?.about ?? '' })}</p></Page>;
  }
  if (end === 'done' && value) {
    return (
      <Page title={say('task.done')}>
        <Done>{say('task.doneHelp')}</Done>
        <Copy task={value} answers={answers} />
      </Page>
    );
  }
  if (!value) {
    return (
      <Page title={say(trouble ? 'task.gone' : 'loading')}>
        <Trouble trouble={trouble} again={again} to="/task" />
      </Page>
    );
  }
  return <Paper task={value} code={code} answers={answers} write={write} end={ended} />;
}

/** What is typed, as this tab keeps it until it is sent or declined. */
function useTyped(code: string) {
  const [answers, show] = useState<Typed>({});
  const [shelf, setShelf] = useState<string | null>(null);
  useEffect(() => {
    void shelfOf(code).then((found) => {
      setShelf(found);
      show((typed) => ({ ...readTyped(found), ...typed }));
    });
  }, [code]);
  const write = (typed: Typed) => {
    show(typed);
    keepTyped(shelf, typed);
  };
  return { answers, write, forget: () => forgetTyped(shelf) };
}

type PaperProps = { task: Task; code: string; answers: Typed; write: (answers: Typed) => void; end: (end: End) => void };

function Paper({ task, code, answers, write, end }: PaperProps) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [wrong, setWrong] = useState<Asked<unknown>['trouble']>(null);
  const [faults, setFaults] = useState<Faults>({});
  const [sending, setSending] = useState(false);
  const day = longDay(task.until, language);
  const { isAsking, stay, goOn } = useAskedFirst(Object.values(answers).some((typed) => typed !== ''));
  const send = async (event: Event) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    let refused: Faults = {};
    const told = await had(async () => {
      const reply = (await ask(DoTask, { code, answers })).doTask;
      refused = faultsOf(reply);
      return reply;
    }, 'Task');
    setSending(false);
    setFaults(refused);
    setWrong(Object.keys(refused).length > 0 ? null : told.trouble);
    if (told.value) end('done');
    const first = Object.keys(refused)[0];
    if (first) document.getElementById(`task-${first}`)?.focus();
  };
  const many = Object.keys(faults).length;
  return (
    <Page title={pick(task.title)}>
      <LanguageChoice />
      <p>{pick(task.intro)}</p>
      <p><strong>{task.to ? say('task.for', { name: task.about, to: task.to, day }) : say('task.forNobody', { name: task.about, day })}</strong></p>
      {task.procedure && <p class="note">{say('task.what', { procedure: pick(task.procedure) })}</p>}
      <p class="note">{say('task.number')}</p>
      <p class="note">{say('task.kept')}</p>
      {isAsking && <Sure title={say('task.leave')} effect={say('task.kept')} yes={say('task.leaveYes')} no={say('task.leaveNo')} act={goOn} close={stay} />}
      <form noValidate onSubmit={(event) => void send(event)} class="paper">
        {task.fields.map((field) => {
          const fault = faults[field.id];
          return (
            <Line
              key={field.id} field={field} value={answers[field.id] ?? ''} {...(fault && { fault })}
              write={(typed) => write({ ...answers, [field.id]: typed })}
            />
          );
        })}
        {many > 0 && <div class="alert" role="alert" data-testid="task-wrong"><p>{say('task.wrong', { n: many })}</p></div>}
        {wrong !== null && <Trouble trouble={wrong} to="/task" />}
        <p class="note">{say('task.once')}</p>
        <button class="button" disabled={!reached || sending}>{say(sending ? 'task.sending' : 'task.send')}</button>
        <button type="button" class="button" data-kind="outline" onClick={() => print()}>{say('task.print')}</button>
      </form>
      {task.mayDecline && <Decline task={task} code={code} end={end} />}
      {!reached && <Trouble trouble="offline" to="/task" />}
    </Page>
  );
}

function Decline({ task, code, end }: Pick<PaperProps, 'task' | 'code' | 'end'>) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    const told = await had(async () => (await ask(DeclineTask, { code, reason })).declineTask, 'Task');
    setTrouble(told.trouble);
    if (told.value) end('declined');
  };
  return (
    <details class="more decline">
      <summary>{say('task.decline')}</summary>
      <form noValidate onSubmit={(event) => void send(event)}>
        <div class="field">
          <label for="task-reason">{say('task.reason', { name: task.about })}</label>
          <textarea id="task-reason" rows={3} maxLength={200} value={reason} aria-required onInput={(event) => setReason(event.currentTarget.value)} />
        </div>
        <Trouble trouble={trouble} to="/task" />
        <button class="button" data-kind="danger" disabled={!reached}>{say('task.declineSend')}</button>
      </form>
    </details>
  );
}
