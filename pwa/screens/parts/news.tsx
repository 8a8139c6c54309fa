import { changesSeen } from '../../data/live.ts';
import type { Change, Home } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';
import { QuestionPart } from './question.tsx';
import { stepPath } from './step-marks.tsx';

const NEWS_AT_A_GLANCE = 3;

/** What is different since she last looked: a new step, a moved day, something she need not do any more. */
export function Changes({ home }: { home: Home }) {
  const { say } = useSpeech();
  if (!home.changes.length) return null;
  const [first, others] = [home.changes.slice(0, NEWS_AT_A_GLANCE), home.changes.slice(NEWS_AT_A_GLANCE)];
  const lines = (changes: readonly Change[]) => (
    <ul class="changes">{changes.map((change) => <ChangeLine key={change.step} change={change} />)}</ul>
  );
  return (
    <section class="box" aria-labelledby="changes" data-testid="changes">
      <h2 id="changes">{say('changes.title')}</h2>
      {lines(first)}
      {others.length > 0 && (
        <details class="more">
          <summary>{say('home.more', { n: others.length })}</summary>
          {lines(others)}
        </details>
      )}
      <button type="button" class="button" data-kind="outline" onClick={() => void changesSeen()}>{say('changes.seen')}</button>
    </section>
  );
}

function ChangeLine({ change }: { change: Change }) {
  const { say, pick } = useSpeech();
  const whom = change.subject && say('step.forWhom', { name: change.subject.name });
  return (
    <li data-kind={change.kind}>
      {change.kind === 'GONE'
        ? <strong>{pick(change.name)}</strong>
        : <a href={stepPath({ id: change.step })}><strong>{pick(change.name)}</strong></a>}
      {whom && <span class="note">（{whom}）</span>}
      <br />{pick(change.text)}
    </li>
  );
}

/** The one question whose answer settles most; the next ones are a touch away. Nobody has to answer. */
export function NextQuestion({ home }: { home: Home }) {
  const { say } = useSpeech();
  const [first, ...others] = home.nextQuestions;
  if (!first) return null;
  return (
    <section class="box" aria-labelledby="next-question" data-testid="next-question">
      <h2 id="next-question">{say('ask.next')}</h2>
      <Asked asking={first} />
      {others.length > 0 && (
        <details class="more">
          <summary>{say('ask.more', { n: others.length })}</summary>
          {others.map((asking) => <Asked key={asking.question.fact} asking={asking} />)}
        </details>
      )}
    </section>
  );
}

function Asked({ asking }: { asking: Home['nextQuestions'][number] }) {
  const { say } = useSpeech();
  const [step = 'home'] = asking.settles;
  return (
    <>
      <QuestionPart step={step} question={asking.question} />
      {asking.settles.length > 1 && <p class="note">{say('ask.settles', { n: asking.settles.length })}</p>}
    </>
  );
}
