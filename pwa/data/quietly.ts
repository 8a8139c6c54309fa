import { mayWrite } from '../device/leaving.ts';
import { NoAnswer } from './no-answer.ts';

/** The store was closed under it, because she logged out. */
const isBrokenOff = (cause: unknown): boolean => !mayWrite() && cause instanceof DOMException && cause.name === 'InvalidStateError';

/** Swallows a silent network, which the screens show by the age of what is kept; anything else is a defect. */
export function quietly(work: Promise<unknown>): void {
  work.catch((cause: unknown) => {
    if (!(cause instanceof NoAnswer) && !isBrokenOff(cause)) reportError(cause);
  });
}
