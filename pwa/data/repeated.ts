import type { Reading } from './shapes.ts';

/** The newest of rows that say the same, and the `others`, older ones; each row of a list is in one of them. */
export type Repeated = { newest: Reading; others: Reading[] };

/**
 * The entries of one day, newest first, those that say the same put together where the newest of them stands. What a
 * person did, and what she has asked about, always stands alone.
 */
export function repeated(entries: readonly Reading[]): Repeated[] {
  const found = new Map<string, Repeated>();
  for (const reading of entries) {
    const said = standsAlone(reading) ? reading.id : saidBy(reading);
    const same = found.get(said);
    if (same) same.others.push(reading);
    else found.set(said, { newest: reading, others: [] });
  }
  return [...found.values()];
}

const standsAlone = (reading: Reading): boolean => reading.kind === 'LOOKED' || reading.question !== null;

/** Everything an entry tells but its time. */
const saidBy = ({ kind, source, incoming, isRefused, case: named, law, who, operatorName, purpose, basis, outcome }: Reading): string =>
  JSON.stringify([kind, source, incoming, isRefused, named, law, who, operatorName, purpose, basis, outcome]);
