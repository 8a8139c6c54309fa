import type { CarryTrouble } from '../../data/carry.ts';
import { useSpeech } from '../device-state.tsx';

/** Why it did not come off; nothing is lost by it. */
export function Trouble({ trouble }: { trouble: CarryTrouble }) {
  const { say, pick } = useSpeech();
  return <p class="alert" role="alert">{typeof trouble === 'string' ? say(`carry.${trouble}Trouble`) : pick(trouble)}</p>;
}
