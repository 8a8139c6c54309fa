import { expectSomeone } from './arrival.ts';
import { pause } from './ask.ts';
import { send } from './token.ts';

/** What the screen shows on which a login ended that began elsewhere. Times are ISO 8601. */
export type HandedOver = { code: string; beganOn: string; beganAt: string; until: string };

type Told = { code: string | null } & Partial<HandedOver>;

/** Null: nothing that ended in this browser waits any more. Rejects without a network. */
export async function handedOver(): Promise<HandedOver | null> {
  const told = await asked<Told>('/login/handed-over');
  const { code, beganOn = '', beganAt = '', until = '' } = told;
  return code === null ? null : { code, beganOn, beganAt, until };
}

/** Whether a login that began in this browser has ended in another; false too when nobody can be asked. */
export async function waitsForCode(): Promise<boolean> {
  return asked<{ waiting: boolean }>('/login/waiting').then(({ waiting }) => waiting, () => false);
}

/** Ends the login that began here: where she wanted to go, or the code of the refusal and, where it was told, when to try again. */
export async function claim(code: string): Promise<{ to: string } | { refused: string; wait: number | null }> {
  const answer = await send('/login/claim', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  if (answer === null) return { refused: 'offline', wait: null };
  const told = (await answer.json().catch(() => ({}))) as { to?: string; refused?: string };
  if (told.to === undefined) return { refused: told.refused ?? 'failed', wait: pause(answer) };
  expectSomeone();
  return { to: told.to };
}

async function asked<T>(path: string): Promise<T> {
  const answer = await fetch(path, { signal: AbortSignal.timeout(10_000), cache: 'no-store' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}
