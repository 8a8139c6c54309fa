import { useEffect, useState } from 'preact/hooks';
import { hear } from '../../device/changes.ts';
import { readPushHealth } from '../../data/live.ts';
import type { PushHealth } from '../../device/push-health.ts';
import { useSpeech } from '../device-state.tsx';

/** Tells her when notices have stopped reaching this phone, and where she can try it; nothing as long as they do. */
export function PushNote() {
  const { say } = useSpeech();
  const [health, setHealth] = useState<PushHealth>('fine');
  useEffect(() => {
    const look = () => void readPushHealth().then(setHealth, () => undefined);
    look();
    return hear((news) => { if (news === 'snapshot' || news === 'device') look(); });
  }, []);
  if (health === 'fine') return null;
  return (
    <p class="box" data-testid="push-note">
      {say(`push.${health}`)} <a href="/settings">{say('push.look')}</a>
    </p>
  );
}
