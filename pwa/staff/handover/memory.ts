import { CLOCKS } from './verify.ts';

/** What this device remembers: its ward, and the numbers of sheets it has read until they have expired anyway. */

const WARD = 'handover-ward';
const USED = 'handover-used';

export const rememberedWard = (): string => localStorage.getItem(WARD) ?? '';
export const rememberWard = (code: string): void => localStorage.setItem(WARD, code);

/** Number → second of expiry; what has expired is forgotten, when no clock that is off can bring it back. */
function used(now: number): Map<string, number> {
  try {
    const kept = JSON.parse(localStorage.getItem(USED) ?? '[]') as [string, number][];
    return new Map(kept.filter(([, expires]) => expires + CLOCKS > now));
  } catch {
    return new Map();
  }
}

export const usedNumbers = (now: number): ReadonlySet<string> => new Set(used(now).keys());

export function rememberUsed(number: string, expires: number, now: number): void {
  localStorage.setItem(USED, JSON.stringify([...used(now).set(number, expires)]));
}
