import { standingOf, type OutboxItem, type Standing } from '../../device/outbox-held.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';

/** Each state in a word, and whether anything is hers to do. */
export const STATES: Record<Exclude<Standing, 'sent'>, { word: Key; help: Key; badge: string }> = {
  waiting: { word: 'outbox.waiting', help: 'outbox.waitingHelp', badge: 'ASK' },
  retry: { word: 'outbox.waiting', help: 'outbox.retryHelp', badge: 'ASK' },
  sending: { word: 'outbox.sending', help: 'outbox.sendingHelp', badge: 'OPEN' },
  signIn: { word: 'outbox.signIn', help: 'outbox.signInHelp', badge: 'DUE' },
  proof: { word: 'stepUp.waits', help: 'stepUp.waitsHelp', badge: 'DUE' },
  refused: { word: 'outbox.refused', help: 'outbox.refusedHelp', badge: 'UNHEARD' },
};

/** Of several, the one she must hear of first. */
const FIRST: readonly Standing[] = ['refused', 'signIn', 'proof', 'sending', 'retry', 'waiting'];

export function stateOf(items: readonly OutboxItem[]): (typeof STATES)['waiting'] {
  const found = FIRST.find((state) => items.some((item) => standingOf(item) === state));
  return STATES[found === undefined || found === 'sent' ? 'waiting' : found];
}

export function OutboxBadge({ item }: { item: OutboxItem }) {
  const { say } = useSpeech();
  const { word, badge } = stateOf([item]);
  return <span class="badge" data-state={badge} data-outbox={standingOf(item)}>{say(word)}</span>;
}
