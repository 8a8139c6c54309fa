/** From the press of logout until the next sign-in nothing about a person is written to this device: an answer of the
 * server that was still under way must not bring her back. The mark is seen by every tab and outlives a reload. */

const MARK = 'logout-pending';
let gone = false;

export function startLeaving(): void {
  gone = true;
  localStorage.setItem(MARK, 'yes');
}

/** Another tab has logged out: this page writes nothing more and is about to be replaced. */
export const stopWriting = (): void => void (gone = true);

/** The server has heard of it, or a new sign-in ends the old session by itself. */
export const forgetLeaving = (): void => localStorage.removeItem(MARK);

/** True while the server has not heard of a logout made here. A service worker has no marks and never binds a person. */
export const serverMustHear = (): boolean => globalThis.localStorage?.getItem(MARK) != null;

export const mayWrite = (): boolean => !gone && !serverMustHear();
