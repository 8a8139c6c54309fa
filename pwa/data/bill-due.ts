import type { Bill } from './shapes.ts';

/** What waits for her: due, and of what she may still pay. */
export const isDue = (bill: Bill): boolean => bill.state === 'DUE';
