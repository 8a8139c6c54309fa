import { QuestionPart } from './parts/question.tsx';
import { Page } from './parts/page.tsx';
import { Unheard } from './parts/unheard.tsx';
import { useDevice, useSpeech } from './device-state.tsx';
import { Empty } from './parts/states.tsx';

/** What she has told us herself; every answer can be changed here. */
export function AnswersScreen() {
  const { home } = useDevice().snapshot;
  const { say } = useSpeech();
  if (!home) return <Unheard />;
  const { answers } = home.value;
  return (
    <Page title={say('answers.title')} back="/" lead={<p>{say('answers.lead')}</p>}>
      {answers.length === 0 && <Empty>{say('answers.empty')}</Empty>}
      {answers.map(({ question, value, counts }) => (
        <div class="box" key={question.fact}>
          <QuestionPart step="answers" question={question} told={value} />
          {counts === false && <p class="note">{say('answers.past')}</p>}
        </div>
      ))}
    </Page>
  );
}
