import { forgetPerson } from '../device/owner.ts';
import { forgetPush } from '../device/push.ts';

const PENDING = 'logout-pending';

/** The device forgets first, so that nothing is left should the network be gone; then the server is told. */
export async function logout(): Promise<void> {
  localStorage.setItem(PENDING, 'yes');
  await forgetPush().catch(() => undefined);
  await forgetPerson();
  await finishLogout();
  location.replace('/');
}

/** Tells the server of a logout that was made without a network. True when nothing is left to tell. */
export async function finishLogout(): Promise<boolean> {
  if (localStorage.getItem(PENDING) === null) return true;
  const response = await fetch('/login/out', { method: 'POST', signal: AbortSignal.timeout(10_000) }).catch(() => null);
  if (!response?.ok) return false;
  localStorage.removeItem(PENDING);
  return true;
}

/** A new sign-in ends the old session by itself; finishing the old logout then would end the new one. */
export const forgetPendingLogout = (): void => localStorage.removeItem(PENDING);
