import type { CarryTrouble } from '../../data/carry.ts';
import { useSpeech } from '../device-state.tsx';
import { Failed } from '../parts/states.tsx';

/** Why it did not come off; nothing is lost by it. */
export function Trouble({ trouble }: { trouble: CarryTrouble }) {
  const { say, pick } = useSpeech();
  return <Failed>{trouble === 'newer' ? say('update.newerThere') : typeof trouble === 'string' ? say(`carry.${trouble}Trouble`) : pick(trouble)}</Failed>;
}
