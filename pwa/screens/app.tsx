import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { holdCarriedCode, holdCode } from '../data/held-code.ts';
import { isUndecided, restsOnConsent } from '../data/undecided.ts';
import { HTML_LANG, type Key } from '../text/speak.ts';
import { useDevice, useLine } from './device-state.tsx';
import { StepUpDoor } from './devices/step-up-door.tsx';
import { Frame } from './frame.tsx';
import { HomeScreen } from './home.tsx';
import { Gone } from './parts/gone.tsx';
import { later } from './parts/later.tsx';
import { troubleOf } from './parts/login-link.tsx';
import { Loading } from './parts/page.tsx';
import { go, isForEverybody, usePlace, type Place } from './router.ts';

/** The whole app: who holds this device decides between the door and the rooms. */
export function App() {
  const place = usePlace();
  const { snapshot, language, isLocked } = useDevice();
  useLayoutEffect(() => { // before the first paint: another language has other fonts, and lines break elsewhere
    document.documentElement.lang = HTML_LANG[language];
    document.documentElement.dataset.language = language;
  }, [language]);
  const { arriving, unsentOfAnother } = useLine();
  const known = !arriving && unsentOfAnother === 0 && snapshot.viewer !== null;
  const isHere = known && !snapshot.signedOut?.value;
  const mustAnswer = snapshot.viewer !== null && isUndecided(snapshot.viewer.value) && restsOnConsent(place.path);
  useEffect(holdCode, []);
  useEffect(holdCarriedCode, []);
  const trouble = isHere ? null : troubleOf(place.query);
  const [turnedAway, turnAway] = useState<Key | null>(null);
  useEffect(() => {
    if (!isHere || !place.query.has('login') || place.path === '/links') return; // that page tells it in its own words
    if (place.path !== '/') turnAway(troubleOf(place.query)); // at the door it is an old address: she is in
    place.query.delete('login');
    go(place.path + (place.query.size > 0 ? `?${place.query}` : ''), 'replace');
  }, [isHere, place]);
  useEffect(() => fetchRooms(isHere), [isHere]);
  const frame = { turnedAway, forget: () => turnAway(null), place };
  if (isLocked || unsentOfAnother > 0) {
    return <Frame {...frame} known={false} trouble={null} turnedAway={null}><elsewhere.Room place={place} instead={isLocked ? 'locked' : 'handover'} /></Frame>;
  }
  return (
    <Frame {...frame} known={known} trouble={trouble}>
      {arriving ? <Loading /> : known || isForEverybody(place.path)
        ? place.path === '/' && !mustAnswer ? <HomeScreen /> : <elsewhere.Room place={place} instead={mustAnswer ? 'consents' : null} />
        : <door.Room trouble={trouble} to={place.path} />}
      {known && <StepUpDoor />}
    </Frame>
  );
}

/** For who is not known here; with it come its own texts and no others. */
export const door = later(async () => (await import('./login.tsx')).LoginScreen, () => <Gone text="open.failed" help="open.failedHelp" />, () => <Loading />, 'door');

const rooms = () => import('./rooms.tsx');
const elsewhere = later(async () => (await import('./rooms.tsx')).RoomAt, () => <Gone text="open.failed" help="open.failedHelp" />);

/** Begins to fetch what stands at a place other than home, beside whatever the page waits for besides; resolves when it is
 * known where that lies. */
export async function fetchAhead(place: Place): Promise<void> {
  if (place.path !== '/') await Promise.all([rooms().then((all) => all.fetchAhead(place)), elsewhere.load()]).catch(() => undefined);
}

/** Fetches every room in its turn; without a network they lie in the shell's cache. */
function fetchRooms(isHere: boolean): () => void {
  let end = () => {};
  let isOver = false;
  rooms().then(({ fetchWhenIdle }) => { if (!isOver) end = fetchWhenIdle(isHere); }, () => undefined);
  return () => {
    isOver = true;
    end();
  };
}
