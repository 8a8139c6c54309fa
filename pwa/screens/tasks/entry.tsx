import type { Task, TaskField, Text } from '../../data/shapes.ts';
import { longDay } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { Line as Fact } from '../parts/line.tsx';

type LineProps = { field: TaskField; value: string; fault?: Text; write: (typed: string) => void };

/** One entry of a paper, with what is wrong with it below. */
export function Line({ field, value, fault, write }: LineProps) {
  const { say, pick } = useSpeech();
  const id = `task-${field.id}`;
  const wrong = fault && <p class="error" id={`${id}-wrong`}>{pick(fault)}</p>;
  if (field.kind === 'AGREEMENT') {
    return (
      <div class="field">
        <label class="option">
          <input
            id={id} type="checkbox" checked={value === 'true'} aria-required={field.required} aria-invalid={fault !== undefined}
            aria-describedby={fault ? `${id}-wrong` : undefined} onChange={(event) => write(event.currentTarget.checked ? 'true' : '')}
          />
          <span>{pick(field.label)}</span>
        </label>
        {wrong}
      </div>
    );
  }
  return (
    <div class="field">
      <label for={id}>{pick(field.label)}{!field.required && <span class="note">{say('task.optional')}</span>}</label>
      <Input id={id} field={field} value={value} fault={fault !== undefined} write={write} />
      {wrong}
    </div>
  );
}

type InputProps = { id: string; field: TaskField; value: string; fault: boolean; write: (typed: string) => void };

function Input({ id, field, value, fault, write }: InputProps) {
  const { say, pick } = useSpeech();
  const common = {
    id, value, 'aria-required': field.required, 'aria-invalid': fault, 'aria-describedby': fault ? `${id}-wrong` : undefined,
    onInput: (event: { currentTarget: { value: string } }) => write(event.currentTarget.value),
  };
  switch (field.kind) {
    case 'DATE': return <input type="date" {...common} />;
    case 'TIME': return <input type="time" {...common} />;
    case 'PHONE': return <input type="tel" autoComplete="off" maxLength={field.longest} {...common} />;
    case 'NUMBER':
    case 'OFFICE_NUMBER': return <input type="text" inputMode="numeric" autoComplete="off" maxLength={field.longest} {...common} />;
    case 'CHOICE': return (
      <select {...common}>
        <option value="">{say('task.choose')}</option>
        {field.choices.map((one) => <option key={one.value} value={one.value}>{pick(one.label)}</option>)}
      </select>
    );
    default: return <input type="text" autoComplete="off" maxLength={field.longest} {...common} />;
  }
}

/** What was written, to print or keep: it is on this screen and nowhere else for the one who wrote it. */
export function Copy({ task, answers }: { task: Task; answers: Record<string, string> }) {
  const { say, pick, language } = useSpeech();
  const shown = (field: TaskField) => {
    const value = answers[field.id] ?? '';
    if (field.kind === 'AGREEMENT') return say('yes');
    if (field.kind === 'DATE') return longDay(value, language);
    const chosen = field.choices.find((one) => one.value === value);
    return chosen ? pick(chosen.label) : value;
  };
  return (
    <section aria-labelledby="copy" class="paper">
      <h2 id="copy">{say('colon', { of: say('task.copy') })}{pick(task.title)}</h2>
      <dl class="facts" data-testid="task-copy">
        {task.fields.filter((field) => answers[field.id]).map((field) => <Fact key={field.id} term={pick(field.label)}>{shown(field)}</Fact>)}
      </dl>
      <button type="button" class="button" data-kind="outline" onClick={() => print()}>{say('task.print')}</button>
    </section>
  );
}
