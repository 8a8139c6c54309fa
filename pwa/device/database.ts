import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Draft } from './drafts.ts';
import type { OutboxItem } from './outbox.ts';
import type { KeptPaper } from './papers.ts';
import type { Sealed } from './sealing.ts';
import type { KeptRecord } from './snapshot.ts';

/** `file`: the zip in base64; `stampedAt` null: the time stamp follows. */
export type KeptReceipt = { sealedAt: string; stampedAt: string | null; file: string };

interface Shelves extends DBSchema {
  /** Copies of what the server told; may be dropped at any time. */
  snapshot: { key: string; value: KeptRecord | Sealed };
  /** What she has written and not sent; carried over every change of the app. */
  drafts: { key: string; value: Draft | Sealed };
  /** What she has sent and the server may not have; carried over every change of the app. */
  outbox: { key: string; value: OutboxItem | Sealed };
  /** Photographs of papers, each under a key of its own that lies in its draft or in the outbox. */
  papers: { key: string; value: KeptPaper };
  /** Notices already shown on the lock screen: id → time. */
  shown: { key: string; value: string };
  /** Receipts by application, for good: opened without a network, gone at logout. */
  receipts: { key: string; value: KeptReceipt | Sealed };
  /** Small things of the device itself. */
  device: { key: string; value: unknown };
}
export type Device = IDBPDatabase<Shelves>;
export type Shelf = 'snapshot' | 'drafts' | 'outbox' | 'shown' | 'device' | 'receipts' | 'papers';

const NAME = 'kurashimado';
/** Raise it with a step in `upgrade`; drafts and outbox are only ever added to there. */
const VERSION = 3;
const SHELVES: readonly Shelf[] = ['snapshot', 'drafts', 'outbox', 'shown', 'device', 'receipts', 'papers'];

let opened: Promise<Device> | null = null;

/** The device's store, opened once a page; reopened after the browser closed it. */
export function device(): Promise<Device> {
  opened ??= openStore(VERSION).catch((cause: unknown) => {
    // A newer release has been here and was taken back: its shelves are ours and more.
    if (cause instanceof DOMException && cause.name === 'VersionError') return openStore(undefined);
    throw cause;
  }).catch((cause: unknown) => {
    opened = null;
    throw cause;
  });
  return opened;
}

const openStore = (version: number | undefined): Promise<Device> =>
  openDB<Shelves>(NAME, version, {
    upgrade(db) {
      for (const shelf of SHELVES) if (!db.objectStoreNames.contains(shelf)) db.createObjectStore(shelf);
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated() {
      opened = null;
    },
  });

/** Empties every shelf at once, then removes the store; another tab may hold it open, so emptying comes first. */
export async function forgetEverything(): Promise<void> {
  const db = await device();
  const change = db.transaction(SHELVES, 'readwrite');
  await Promise.all([...SHELVES.map((shelf) => change.objectStore(shelf).clear()), change.done]);
  db.close();
  opened = null;
  await Promise.race([deleteDB(NAME), new Promise((resolve) => setTimeout(resolve, 1000))]);
}
