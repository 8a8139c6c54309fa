import { isCounted, standingOf, type OutboxItem } from '../../device/outbox-held.ts';
import { drain } from '../../data/live.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { stateOf } from './outbox-state.tsx';

const SCHOOL = ['noticeAnswer', 'absence', 'line'];
const whereTo = (waiting: readonly OutboxItem[]): string =>
  waiting.every(({ wish }) => wish.kind === 'slip') ? '/payments' : waiting.every(({ wish }) => SCHOOL.includes(wish.kind)) ? '/school' : '/applications';

/** How many things of hers still wait on this device, and for what. */
export function OutboxStrip() {
  const { outbox } = useDevice();
  const { say } = useSpeech();
  const { reached } = useLine();
  const waiting = outbox.filter(isCounted);
  if (!waiting.length) return null;
  const { word, help } = stateOf(waiting);
  const isHers = waiting.some((item) => ['signIn', 'proof'].includes(standingOf(item)));
  return (
    <div class="strip of-outbox" role="status">
      <p>
        <a href={whereTo(waiting)} data-testid="outbox-count">{say('outbox.count', { n: waiting.length })}</a>
        <span class="note">{say(isHers ? word : help)}</span>
      </p>
      {!isHers && reached && <button type="button" class="button" data-kind="quiet" onClick={() => void drain(true)}>{say('tryNow')}</button>}
    </div>
  );
}
