import { askParts, isOpen, isStuck } from '../../data/tasks.ts';
import { longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { useAsked } from '../family/asking.tsx';

/** Before sending: for whom it is going to wait, until when, and what happens if nobody answers. */
export function WaitsFirst({ steps }: { steps: readonly string[] }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const { value } = useAsked(askParts, `before ${steps.join(' ')}`);
  if (value === null) return reached ? null : <p class="note" data-testid="waits-first">{say('parts.firstOffline')}</p>;
  const parts = value.parts.filter((part) => steps.includes(part.step) && (isOpen(part) || isStuck(part)));
  const open = parts.filter(isOpen);
  if (open.length === 0) return null;
  return (
    <section class="box" aria-labelledby="waits-first" data-testid="waits-first">
      <h2 id="waits-first">{say('parts.first')}</h2>
      <ul>
        {open.map((part) => (
          <li key={part.id}>{say('parts.firstWho', { name: part.to, paper: pick(part.title), day: longDay(part.endsOn, language) })}</li>
        ))}
      </ul>
      <p>{say('parts.firstElse')}</p>
      <p class="note">{say('parts.firstDeadline')}</p>
      <a class="button" data-kind="quiet" href="/parts">{say('parts.all')}</a>
    </section>
  );
}
