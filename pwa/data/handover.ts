import { forgetPerson } from '../device/owner.ts';
import { startLeaving } from '../device/leaving.ts';
import { expectSomeone } from './arrival.ts';
import { finishLogout } from './logout.ts';

/** Another person has signed in on a device that holds things not sent yet: what becomes of these. */

/** They are erased, and the app begins anew with the person signed in. */
export async function eraseAndGoOn(): Promise<void> {
  await forgetPerson();
  expectSomeone();
  location.replace('/');
}

/** They stay for the person who wrote them, who signs in again; the one here now is signed out. */
export async function giveBack(): Promise<void> {
  startLeaving();
  await finishLogout();
  location.replace('/');
}
