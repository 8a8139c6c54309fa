import { moment } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';

/** The house is full: what stands here is the device's, and about when it is asked again by itself. */
export function Crowded() {
  const { say, language } = useSpeech();
  const { crowdedUntil } = useLine();
  if (crowdedUntil === null) return null;
  return <span data-testid="crowded">　{say('crowded', { time: moment(new Date(crowdedUntil).toISOString(), language) })}</span>;
}
