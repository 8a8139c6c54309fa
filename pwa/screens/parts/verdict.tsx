import { cameBack, wardsNote } from '../../data/again.ts';
import type { Step } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';

type Sent = NonNullable<Step['application']>;

/** What became of the application she sent for a step: on its way, done, or back with the ward's word. */
export function Verdict({ step, application }: { step: Step; application: Sent }) {
  const { say, pick } = useSpeech();
  const sent = <a href={`/applications/${application.id}`}>{say('step.sent', { state: pick(application.stateText) })}</a>;
  if (!cameBack(step)) return <p class="strip">{sent}</p>;
  const note = wardsNote(application);
  return (
    <div class="alert" role="status">
      <p><strong>{say(`app.${application.state}`)}</strong></p>
      {note !== null && <p class="wards-note" lang="ja">{note}</p>}
      <p class="to-sent">{sent}</p>
    </div>
  );
}
