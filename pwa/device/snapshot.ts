import type { Account, Application, Bill, Booking, Consents, CounterSheet, Difference, Home, LinkOffer, MailWishes, Notice, Readings, Records, Schools, Service, Viewer } from '../data/shapes.ts';
import type { Together } from '../data/folders.ts';
import type { AskedPart } from '../data/asked-of-others.ts';
import type { SealedText } from '../data/issued.ts';
import { tell } from './changes.ts';
import { device } from './database.ts';
import type { Paper } from './papers.ts';
import { isHersAlone, readTold, rewrite } from './shelves.ts';

/** Raise it when a shape changes: older copies are then dropped and asked anew. */
const VERSION = 11;

/** A file of a notice as it lies here; `page` 0: the file itself, else a page of it as a picture. */
export type KeptFile = { attachment: string; notice: string; page: number; paper: Paper };
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
  /** Where what is older than `inbox` begins, for the house; null: there is nothing older. */
  inboxEnd: Kept<string | null> | null;
  /** How she wishes to be told. */
  mailWishes: Kept<MailWishes> | null;
  /** Files of notices that lie here for good, with the key of each. */
  files: Kept<KeptFile[]> | null;
  /** Who looked, the newest; `more`: where older ones begin. */
  readings: Kept<Readings> | null;
  /** What each body holds about her. */
  records: Kept<Records> | null;
  /** Whom we may ask about her. */
  consents: Kept<Consents> | null;
  /** Fees and slips, with the numbers to pay them by. */
  payments: Kept<Bill[]> | null;
  /** Her children at schools and nurseries, and what is asked of her there. */
  schools: Kept<Schools> | null;
  /** Papers asked of others, as her page of them last told. */
  parts: Kept<AskedPart[]> | null;
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
  service: null, viewer: null, account: null, home: null, applications: null, inbox: null, inboxEnd: null, mailWishes: null, files: null, readings: null, records: null,
  consents: null, payments: null, schools: null, parts: null, links: null, bookings: null,
  difference: null, sheet: null, issued: null, signedOut: null, together: null,
};
type Part = keyof Snapshot;
type Value<P extends Part> = NonNullable<Snapshot[P]>['value'];

export async function keep<P extends Part>(part: P, value: Value<P>, now = new Date()): Promise<void> {
  await rewrite('snapshot', part, () => ({ version: VERSION, at: now.toISOString(), value }));
  tell('snapshot');
}

/** Reads, changes and keeps a part, upon whatever another tab wrote meanwhile; `change` gets null when nothing is kept.
 * `isNews`: the server has told it now. */
export async function amend<P extends Part>(part: P, change: (value: Value<P> | null) => Value<P>, isNews = false): Promise<void> {
  await rewrite('snapshot', part, (record) => {
    const current = record?.version === VERSION ? record : null;
    const value = change(current ? (current.value as Value<P>) : null);
    return { version: VERSION, at: (isNews ? null : current?.at) ?? new Date().toISOString(), value };
  });
  tell('snapshot');
}

/** Takes one part off the device. */
export async function drop(part: Part): Promise<void> {
  await (await device()).delete('snapshot', part);
  tell('snapshot');
}

/** What the server told is asked again when it is wanted; what is hers alone stays, as drafts and outbox do. */
export async function forgetSnapshot(): Promise<void> {
  const shelf = (await device()).transaction('snapshot', 'readwrite');
  for (const part of await shelf.store.getAllKeys()) if (!isHersAlone(part)) await shelf.store.delete(part);
  await shelf.done;
  tell('snapshot');
}

/** Everything kept, read at one moment; records of another version are left out. */
export async function readSnapshot(): Promise<Snapshot> {
  const current = (await readTold()).filter(([, record]) => record.version === VERSION);
  return { ...NOTHING_KEPT, ...Object.fromEntries(current) } as Snapshot;
}
