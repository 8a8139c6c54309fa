import { join } from 'node:path';
import { together } from './text-keys.ts';

const ROOT = join(import.meta.dirname, '..');
const reached = (...files: string[]) => together(files.map((file) => join(ROOT, file)));

const STAFF = reached('staff/main.ts', 'staff/handover/main.ts');
const FIRST = reached('main.tsx');
FIRST.delete(join(ROOT, 'main.tsx'));
const DOOR = reached('screens/login.tsx');
const LIVE = reached('data/at-the-line.ts');

/** The app comes in few pieces: what home is shown with, the door, what speaks to the server, what several rooms share, and one for
 * each room. */
export const chunks = [
  { name: 'first', test: (id: string) => FIRST.has(id) && !STAFF.has(id), priority: 3 },
  { name: 'door', test: (id: string) => DOOR.has(id) && !FIRST.has(id) && !STAFF.has(id), priority: 3 },
  { name: 'live', test: (id: string) => LIVE.has(id) && !FIRST.has(id) && !STAFF.has(id), priority: 2 },
  { name: 'shared', test: (id: string) => !STAFF.has(id), minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 6_000, priority: 1 },
];

/** A piece that several rooms share is not named by all of them, and a language says which it is. */
export function chunkName({ name, facadeModuleId }: { name: string; facadeModuleId?: string | null }): string {
  const [, language, part] = /\/text\/all\/([\w-]+)\.ts\?(\w+)$/.exec(facadeModuleId ?? '') ?? [];
  if (language) return `assets/text-${language}-${part}-[hash].js`;
  return `assets/${name.startsWith('shared') ? 'shared' : name}-[hash].js`;
}
