import { forgetLeaving, serverMustHear, startLeaving } from '../device/leaving.ts';
import { forgetPerson } from '../device/owner.ts';
import { forgetPush } from '../device/push.ts';
import { send } from './token.ts';

/** The device forgets first, so that nothing is left should the network be gone; then the server is told. A merge that
 * was begun, or an invitation that was opened, is not for who comes next to this tab. */
export async function logout(): Promise<void> {
  startLeaving();
  await forgetPush().catch(() => undefined);
  await forgetPerson();
  sessionStorage.clear();
  await finishLogout();
  location.replace('/');
}

/** Tells the server of a logout that was made without a network. True when nothing is left to tell. */
export async function finishLogout(): Promise<boolean> {
  if (!serverMustHear()) return true;
  const response = await send('/login/out', { method: 'POST', signal: AbortSignal.timeout(10_000) }).catch(() => null);
  if (!response?.ok) return false;
  forgetLeaving();
  return true;
}
