import { answer } from '../../data/wishes.ts';
import type { Question } from '../../data/shapes.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { QuestionPart } from './question.tsx';

/** Begins a life event that is never put on home uninvited: a yes to its question brings its steps there. */
export function StartEvent({ question }: { question: Question }) {
  const { say } = useSpeech();
  const { outbox } = useDevice();
  const begun = outbox.some((item) => item.wish.kind === 'answer' && item.wish.fact === question.fact);
  if (begun || question.kind !== 'YES_NO') {
    return <div class="box"><QuestionPart step="events" question={question} /></div>;
  }
  return (
    <button type="button" class="button" onClick={() => void answer('events', question, true)}>{say('events.start')}</button>
  );
}
