import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/**
 * What the app weighs, in bytes as they travel (brotli), read from the build: `node build/budget.ts [dist]` prints it and
 * fails where a limit is passed. A heavier build is slower on every phone; raise a limit only with a reason beside it.
 */

type Piece = { file: string; src?: string; imports?: string[]; dynamicImports?: string[]; css?: string[]; isEntry?: boolean };
type Manifest = Record<string, Piece>;
export type Weight = { what: string; bytes: number; limit: number };

const KB = 1000;
/** Everything that must be there before home says what is hers to do, in her language: scripts, style sheet and texts. */
const FIRST = 35 * KB;
/** Who is not known yet sees the door instead, with its own texts and without what follows. */
const DOOR = 38 * KB;
/** What follows when home is shown: what speaks to the server, the whole style sheet, the other texts of one language. */
const NEXT = 62 * KB;
/** One room with what it shares with others; forms carry the judge of JSON Schema, which alone is 9. */
const ROOM = 42 * KB;
/** Beside a room, only when it is used: reading a square with the camera. */
const READER = 15 * KB;

export function weigh(out: string): Weight[] {
  const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8')) as Manifest;
  const size = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + packedSize(join(out, file)), 0);
  const page = new Set(['index.html', ...linked(out), ...closure(manifest, 'index.html')]);
  const beyond = (key: string) => [...closure(manifest, key)].filter((file) => !page.has(file));
  const texts = (part: string) => Object.values(manifest).filter(({ file }) => new RegExp(`/text-[\\w-]+-${part}-`).test(file)).map(({ file }) => packedSize(join(out, file)));
  const next = new Set([...beyond('data/at-the-line.ts'), ...beyond('design/whole.ts')]);
  const later = Object.keys(manifest).filter((key) => isRoom(key) && reachedLater(manifest).has(key));
  return [
    { what: 'home, from nothing', bytes: size(page) + heaviest(texts('first'), out), limit: FIRST },
    { what: 'the door, from nothing', bytes: size([...page, ...beyond('screens/login.tsx')]) + heaviest(texts('first'), out) + heaviest(texts('door'), out), limit: DOOR },
    { what: 'beside it, when it is shown', bytes: size(next) + heaviest(texts('rest'), out), limit: NEXT },
    ...later.map((key) => ({ what: key, bytes: size(beyond(key).filter((file) => !next.has(file))), limit: /\bqr\b/.test(key) ? READER : ROOM })),
  ];
}

const isRoom = (key: string): boolean => !/^(text|design)\/|at-the-line/.test(key);

/** Ten languages of very unlike sizes: the heaviest counts. */
function heaviest(sizes: number[], out: string): number {
  if (sizes.length === 0) throw new Error(`no texts in ${out}`);
  return Math.max(...sizes);
}

/** A piece with all it imports, and their style sheets. */
function closure(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  const piece = manifest[key];
  if (!piece) throw new Error(`the build has no ${key}`);
  if (found.has(piece.file)) return found;
  [piece.file, ...(piece.css ?? [])].forEach((file) => found.add(file));
  piece.imports?.forEach((one) => closure(manifest, one, found));
  return found;
}

function reachedLater(manifest: Manifest): Set<string> {
  const found = new Set<string>();
  const next = ['index.html'];
  for (let key = next.pop(); key !== undefined; key = next.pop()) {
    for (const one of [...(manifest[key]?.imports ?? []), ...(manifest[key]?.dynamicImports ?? [])]) {
      if (found.has(one)) continue;
      found.add(one);
      next.push(one);
    }
  }
  return new Set([...found].filter((key) => Object.values(manifest).some(({ dynamicImports }) => dynamicImports?.includes(key))));
}

/** Scripts and style sheets that the page itself names. */
const linked = (out: string): string[] =>
  [...readFileSync(join(out, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');

const packedSize = (path: string): number =>
  (existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : brotliCompressSync(readFileSync(path))).length;

if (import.meta.main) {
  const weights = weigh(process.argv[2] ?? join(import.meta.dirname, '../dist')).sort((one, other) => other.bytes / other.limit - one.bytes / one.limit);
  for (const { what, bytes, limit } of weights) {
    console.log(`${bytes > limit ? 'TOO HEAVY ' : ''}${(bytes / KB).toFixed(1).padStart(6)} of ${limit / KB} kB  ${what}`);
  }
  if (weights.some(({ bytes, limit }) => bytes > limit)) process.exitCode = 1;
}
