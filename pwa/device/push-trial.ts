import { ask } from '../data/ask.ts';
import { ShowPushTrial, TryPush } from '../data/documents.ts';
import { pushBegins } from './push-health.ts';
import { renewPush } from './push.ts';

/** arrived: seen here. silent: the push service has it and the phone shows nothing. gone, refused: registered anew, to be
 * tried again. unreached: the push service was not heard. */
export type TrialEnd = 'arrived' | 'silent' | 'gone' | 'refused' | 'unreached';

const PATIENCE = 25_000;
const LOOK_EVERY = 1_500;

/** Sends a push to this phone alone and waits for it. Rejects with NoAnswer when the house is not heard. */
export async function tryPush(pushKey: string): Promise<TrialEnd> {
  const endpoint = await renewPush(pushKey);
  if (endpoint === null) return 'refused';
  const arrivals = listen();
  try {
    const { tryPush: begun } = await ask(TryPush, { endpoint });
    if (begun.__typename !== 'PushTrial') return begun.__typename === 'NotFound' ? 'gone' : 'unreached';
    const end = await Promise.race([arrivals.of(begun.id), toldBy(begun.id)]);
    if (end === 'gone' || end === 'refused') await renewPush(pushKey, true);
    if (end === 'arrived') await pushBegins();
    return end;
  } finally {
    arrivals.stop();
  }
}

/** What the worker says has come. */
function listen() {
  const come = new Set<string>();
  let told: () => void = () => undefined;
  const ear = (event: MessageEvent<{ kind: string; trial?: string }>) => {
    if (event.data.kind !== 'push-trial' || !event.data.trial) return;
    come.add(event.data.trial);
    told();
  };
  navigator.serviceWorker.addEventListener('message', ear);
  return {
    of: (trial: string) => new Promise<TrialEnd>((resolve) => {
      told = () => { if (come.has(trial)) resolve('arrived'); };
      told();
    }),
    stop: () => navigator.serviceWorker.removeEventListener('message', ear),
  };
}

type Outcome = 'ACCEPTED' | 'GONE' | 'REFUSED' | 'UNREACHED' | null;

async function outcomeOf(id: string): Promise<Outcome> {
  const { viewer } = await ask(ShowPushTrial, { id });
  return viewer?.pushTrial?.outcome ?? null;
}

/** What became of it at the push service; having taken it, the phone gets the rest of the time to show it. */
async function toldBy(trial: string): Promise<TrialEnd> {
  const until = Date.now() + PATIENCE;
  let accepted = false;
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    const outcome: Outcome = accepted ? null : await outcomeOf(trial);
    if (outcome === 'GONE') return 'gone';
    if (outcome === 'REFUSED') return 'refused';
    if (outcome === 'UNREACHED') return 'unreached';
    accepted ||= outcome === 'ACCEPTED';
  }
  return accepted ? 'silent' : 'unreached';
}
