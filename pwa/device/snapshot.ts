import type { Account, Application, Bill, Booking, Consents, CounterSheet, Difference, Home, LinkOffer, Notice, Readings, Records, Service, Viewer } from '../data/shapes.ts';
import type { Together } from '../data/folders.ts';
import type { SealedText } from '../data/issued.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import { mayWrite } from './leaving.ts';

/** Raise it when a shape changes: older copies are then dropped and asked anew. */
const VERSION = 10;

export type KeptRecord = { version: number; at: string; value: unknown };
/** A copy of what the server told, and when this device heard it. */
export type Kept<T> = { at: string; value: T };
/** What the screens read; null: never heard. */
export type Snapshot = {
  service: Kept<Service> | null;
  viewer: Kept<Viewer> | null;
  /** What the card told, and when. */
  account: Kept<Account> | null;
  home: Kept<Home> | null;
  applications: Kept<Application[]> | null;
  inbox: Kept<Notice[]> | null;
  /** Who looked, the newest; `more`: where older ones begin. */
  readings: Kept<Readings> | null;
  /** What each body holds about her. */
  records: Kept<Records> | null;
  /** Whom we may ask about her. */
  consents: Kept<Consents> | null;
  /** Fees and slips, with the numbers to pay them by. */
  payments: Kept<Bill[]> | null;
  /** IDs she has elsewhere. */
  links: Kept<LinkOffer[]> | null;
  /** Counters, check-ups and visits she has booked. */
  bookings: Kept<Booking[]> | null;
  /** The last comparison of two places to live. */
  difference: Kept<Difference> | null;
  /** The sheet for the counter, until it has expired or she took it away. */
  sheet: Kept<CounterSheet> | null;
  /** Life events under way, and what was sent together. */
  together: Kept<Together> | null;
  /** Documents a ward has issued, under this device's key. */
  issued: Kept<SealedText> | null;
  /** true: the server last said that nobody is signed in */
  signedOut: Kept<boolean> | null;
};
export const NOTHING_KEPT: Snapshot = {
  service: null, viewer: null, account: null, home: null, applications: null, inbox: null, readings: null, records: null,
  consents: null, payments: null, links: null, bookings: null,
  difference: null, sheet: null, issued: null, signedOut: null, together: null,
};
type Part = keyof Snapshot;
type Value<P extends Part> = NonNullable<Snapshot[P]>['value'];

export async function keep<P extends Part>(part: P, value: Value<P>, now = new Date()): Promise<void> {
  const shelves = await device();
  if (!mayWrite() || (await shelves.get('device', 'sealed'))) return;
  await shelves.put('snapshot', { version: VERSION, at: now.toISOString(), value }, part);
  tell('snapshot');
}

/** Reads, changes and keeps a part in one transaction; `change` gets null when nothing is kept. */
export async function amend<P extends Part>(part: P, change: (value: Value<P> | null) => Value<P>): Promise<void> {
  const shelves = await device();
  if (!mayWrite() || (await shelves.get('device', 'sealed'))) return;
  const write = shelves.transaction('snapshot', 'readwrite');
  const record = await write.store.get(part);
  const current = record?.version === VERSION ? record : null;
  const value = change(current ? (current.value as Value<P>) : null);
  await write.store.put({ version: VERSION, at: current?.at ?? new Date().toISOString(), value }, part);
  await write.done;
  tell('snapshot');
}

/** Takes one part off the device. */
export async function drop(part: Part): Promise<void> {
  await (await device()).delete('snapshot', part);
  tell('snapshot');
}

/** What the server told is asked again when it is wanted; drafts and outbox stay. */
export async function forgetSnapshot(): Promise<void> {
  await (await device()).clear('snapshot');
  tell('snapshot');
}

/** Everything kept, read at one moment; records of another version are left out. */
export async function readSnapshot(): Promise<Snapshot> {
  const read = (await device()).transaction('snapshot');
  const [keys, records] = await Promise.all([read.store.getAllKeys(), read.store.getAll()]);
  const current = records.flatMap((record, index) => (record.version === VERSION ? [[keys[index], record]] : []));
  return { ...NOTHING_KEPT, ...Object.fromEntries(current) } as Snapshot;
}
