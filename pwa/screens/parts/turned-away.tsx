import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { Icon } from './icon.tsx';

/** She left from here for what she did not get: said where she is, until she closes it. */
export function TurnedAway({ trouble, forget }: { trouble: Key; forget: () => void }) {
  const { say } = useSpeech();
  return (
    <div class="banner" data-kind="sign-in" role="alert">
      <Icon name="warning" />
      <span><strong>{say(trouble)}</strong></span>
      <button type="button" class="button" data-kind="quiet" onClick={forget}>{say('login.dismiss')}</button>
    </div>
  );
}
