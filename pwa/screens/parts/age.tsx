import type { Kept } from '../../device/snapshot.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { Crowded } from './crowded.tsx';

/** How old the copy is that a screen shows. */
export function Age({ kept }: { kept: Kept<unknown> | null }) {
  const { say, language } = useSpeech();
  return <p class="note">{kept ? say('home.asOf', { time: moment(kept.at, language) }) : say('offline.unheard')}<Crowded /></p>;
}
