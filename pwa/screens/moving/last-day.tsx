import { dayAt, shortDay } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';

/** The last day of a thing of a move; one that is over is told as over, and urges nobody. */
export function LastDay({ day }: { day: string | null }) {
  const { say, language } = useSpeech();
  if (day === null) return null;
  const isOver = day < dayAt(new Date());
  return (
    <span class={isOver ? 'note' : 'due'}> {say(isOver ? 'move.over' : 'due.by', { day: shortDay(day, language) })}</span>
  );
}
