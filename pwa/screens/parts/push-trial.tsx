import { useState } from 'preact/hooks';
import type { TrialEnd } from '../../device/push-trial.ts';
import type { Key } from '../../text/speak.ts';
import { useLine, useSpeech } from '../device-state.tsx';

const WORDS: Record<TrialEnd | 'offline', Key> = {
  arrived: 'settings.push.try.arrived', silent: 'settings.push.try.silent', gone: 'settings.push.try.gone',
  refused: 'settings.push.try.refused', unreached: 'settings.push.try.unreached', offline: 'settings.push.failed',
};

/** Sends one notification to this phone alone, and says plainly whether it came, and what to do when it did not. */
export function PushTrial({ pushKey }: { pushKey: string }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [state, setState] = useState<'idle' | 'busy' | TrialEnd | 'offline'>('idle');
  const start = () => {
    setState('busy');
    import('../../device/push-trial.ts').then(({ tryPush }) => tryPush(pushKey)).then(setState, () => setState('offline'));
  };
  const end = state === 'idle' || state === 'busy' ? null : state;
  return (
    <div class="push-trial" data-testid="push-trial" data-state={state}>
      <button type="button" class="button" data-kind="outline" disabled={state === 'busy' || !reached} onClick={start}>{say('settings.push.try')}</button>
      <div role="status">
        {state === 'busy' && <p>{say('settings.push.try.busy')}</p>}
        {end && <p class={end === 'arrived' ? 'box' : 'alert'}>{say(WORDS[end])}</p>}
      </div>
    </div>
  );
}
