import { someoneIsComing } from '../device/evicted.ts';
import { forgetLeaving } from '../device/leaving.ts';
import { changeLine, readLine } from './line.ts';

const KEY = 'at-the-door';
/** This page is being left for a login: a question of its own that breaks off with it takes nothing back. */
let leaving = false;

/** She leaves for the identity provider: whoever comes back, nothing kept is shown before we know who it is. */
export function leaveForLogin(): void {
  forgetLeaving();
  expectSomeone();
  leaving = true;
}

export function expectSomeone(): void {
  sessionStorage.setItem(KEY, 'yes');
  someoneIsComing();
}

/** To be called before the first paint. */
export function noticeArrival(): void {
  changeLine({ arriving: sessionStorage.getItem(KEY) !== null });
}

/** It is known who is here, or that it cannot be known now. */
export function arrived(): void {
  if (leaving) return;
  if (readLine().unsentOfAnother === 0) sessionStorage.removeItem(KEY);
  changeLine({ arriving: false });
}
