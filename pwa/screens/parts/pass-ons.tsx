import { useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { passOn } from '../../data/pass-on.ts';
import type { Application } from '../../data/shapes.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';

/** What may be handed to another body on the ground of this application: told whole, and only on her yes. */
export function PassOns({ application }: { application: Application }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [trouble, setTrouble] = useState<string | null>(null);
  // A copy from before there were any has none.
  const passOns = (application.passOns as Application['passOns'] | undefined) ?? [];
  if (passOns.length === 0) return null;
  const answer = async (flow: string, agreed: boolean) => {
    setTrouble(null);
    try {
      const why = await passOn(application.id, flow, agreed);
      if (why !== null) setTrouble(pick(why));
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble(say('passOn.offline'));
    }
  };
  return (
    <section aria-labelledby="pass-ons">
      <h2 id="pass-ons">{say('passOn.title')}</h2>
      {passOns.map(({ id, text, agreedAt }) => (
        <div key={id} data-testid={`pass-on-${id}`}>
          <p>{pick(text)}</p>
          <p class="note" role="status">{agreedAt === null ? say('passOn.no') : say('passOn.yes', { at: dayAndTime(agreedAt, language) })}</p>
          <button type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => void answer(id, agreedAt === null)}>
            {say(agreedAt === null ? 'passOn.agree' : 'passOn.takeBack')}
          </button>
        </div>
      ))}
      {trouble !== null && <p role="alert">{trouble}</p>}
    </section>
  );
}
