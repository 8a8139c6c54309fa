import { useEffect, useState } from 'preact/hooks';
import { refreshWho } from '../data/live.ts';
import { quietly } from '../data/quietly.ts';
import { sessionEnd, untilWarned } from '../data/session-end.ts';
import { moment } from '../text/dates.ts';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { LoginLink } from './parts/login-link.tsx';
import { Icon } from './parts/icon.tsx';
import type { Place } from './router.ts';

/** Warns her in good time before the login ends, with a way to stay; what she has written lies on the device anyhow. */
export function SessionEnds({ place }: { place: Place }) {
  const { say, language } = useSpeech();
  const { viewer } = useDevice().snapshot;
  const { reached } = useLine();
  const end = viewer && sessionEnd(viewer);
  const isNear = useNear(end?.at ?? null, end?.mayStay ?? false);
  if (!end || !isNear || !reached) return null;
  return (
    <div class="banner" data-kind="sign-in" role="alert" data-testid="session-ends">
      <Icon name="warning" />
      <span><strong>{say('session.ends', { time: moment(new Date(end.at).toISOString(), language) })}</strong> {say('session.safe')}</span>
      {end.mayStay
        ? <button type="button" class="button" data-kind="quiet" onClick={() => quietly(refreshWho())}>{say('session.stay')}</button>
        : <LoginLink to={place.path} plain />}
    </div>
  );
}

/** Wakes when the time to warn has come; a phone that slept looks when it is taken up again. */
function useNear(at: number | null, mayStay: boolean): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (at === null) return setNear(false);
    let clock = 0;
    const look = () => {
      clearTimeout(clock);
      const wait = untilWarned({ at, mayStay });
      setNear(wait === 0);
      clock = window.setTimeout(look, wait === 0 ? at - Date.now() + 1 : wait ?? 2_000_000_000);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(clock);
      document.removeEventListener('visibilitychange', look);
    };
  }, [at, mayStay]);
  return isNear;
}
