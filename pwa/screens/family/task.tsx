import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { DoTask, ShowTask } from '../../data/documents.ts';
import { isSilence, had, type Asked } from '../../data/family.ts';
import { longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Page } from '../parts/page.tsx';
import { Trouble, useAsked } from './asking.tsx';

/** One paper by one link: no login, nothing else of her, once. */
export function TaskScreen() {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [code] = useState(() => location.hash.slice(1));
  const { value, trouble, again } = useAsked(() => had(async () => (await ask(ShowTask, { code })).task, 'Task'), code);
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<Asked<unknown>['trouble']>(null);
  const [done, setDone] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    const told = await had(async () => (await ask(DoTask, { code, answers })).doTask, 'Task');
    setWrong(told.trouble);
    setDone(told.value !== null);
  };
  if (done) return <Page title={say('task.done')}><p role="status">{say('task.doneHelp')}</p></Page>;
  if (!value) {
    return (
      <Page title={say(trouble ? 'task.gone' : 'loading')}>
        <Trouble trouble={isSilence(trouble) ? trouble : null} again={again} to="/task" />
      </Page>
    );
  }
  return (
    <Page title={pick(value.title)}>
      <LanguageChoice />
      <p>{pick(value.intro)}</p>
      <p><strong>{say('task.for', { name: value.about, day: longDay(value.until, language) })}</strong></p>
      <form noValidate onSubmit={(event) => void send(event)}>
        {value.fields.map((field) => (
          <div class="field" key={field.id}>
            <label for={`task-${field.id}`}>{pick(field.label)}</label>
            <Line field={field} value={answers[field.id] ?? ''} write={(typed) => setAnswers({ ...answers, [field.id]: typed })} />
          </div>
        ))}
        <Trouble trouble={wrong} to="/task" />
        <p class="note">{say('task.once')}</p>
        <button class="button" disabled={!reached}>{say('task.send')}</button>
      </form>
    </Page>
  );
}

type LineProps = { field: { id: string; kind: 'TEXT' | 'PHONE' | 'DATE' | 'NUMBER'; longest: number }; value: string; write: (typed: string) => void };

function Line({ field, value, write }: LineProps) {
  const common = {
    id: `task-${field.id}`, value, 'aria-required': true,
    onInput: (event: { currentTarget: { value: string } }) => write(event.currentTarget.value),
  };
  switch (field.kind) {
    case 'DATE': return <input type="date" {...common} />;
    case 'PHONE': return <input type="tel" maxLength={field.longest} {...common} />;
    case 'NUMBER': return <input type="text" inputMode="numeric" maxLength={field.longest} {...common} />;
    default: return <input type="text" maxLength={field.longest} {...common} />;
  }
}
