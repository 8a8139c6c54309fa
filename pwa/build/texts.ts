import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { forgetSources, keysIn, together } from './text-keys.ts';

/** A language's texts as the app imports them: `ja.ts?first`, what the first
 * screens may say, `ja.ts?door`, what only the door does, and `ja.ts?rest`, all others. */
const PART = /\/text\/all\/[\w-]+\.ts\?(first|door|rest)$/;

/** What `python -m infra.words` has made of the Japanese ones: readings of kanji, and phrases for browsers that find none. */
const MADE = /\/text\/all\/\w+\.ts\?(readings|phrases)$/;

/** Divides each language's texts, so that home is not held up by what only later rooms say. */
export function texts(): Plugin {
  let [first, door] = [new Set<string>(), new Set<string>()];
  let root: string;
  return {
    name: 'texts',
    configResolved(resolved) {
      root = resolved.root;
    },
    async buildStart() {
      forgetSources();
      [first, door] = [await firstKeys(root), await doorKeys(root)];
    },
    async load(id) {
      const made = MADE.exec(id)?.[1];
      if (made !== undefined) return madeOf(root, made);
      const part = PART.exec(id)?.[1];
      if (part === undefined) return null;
      const whole = Object.entries(await textsIn(id.split('?')[0] ?? id));
      const partOf = (key: string) => (first.has(key) ? 'first' : door.has(key) ? 'door' : 'rest');
      const chosen = whole.filter(([key]) => partOf(key) === part);
      return `export const texts = ${JSON.stringify(Object.fromEntries(chosen))};`;
    },
  };
}

function madeOf(root: string, name: string): string {
  const made = JSON.parse(readFileSync(join(root, `made/${name}.json`), 'utf8')) as Record<string, unknown>;
  const { own, catalogue } = name === 'readings' ? made : { own: made, catalogue: {} };
  return `export const texts = ${JSON.stringify(own)}; export const catalogue = ${JSON.stringify(catalogue)};`;
}

/** The keys of what the page fetches before it shows anything. */
export async function firstKeys(root: string): Promise<Set<string>> {
  const keys = Object.keys(await textsIn(join(root, 'text/all/easy.ts')));
  return keysIn(together([join(root, 'main.tsx')]), keys);
}

/** The keys of what stands before the login; some of them are of the first screens too. */
export async function doorKeys(root: string): Promise<Set<string>> {
  const keys = Object.keys(await textsIn(join(root, 'text/all/easy.ts')));
  return keysIn(together([join(root, 'screens/login.tsx')]), keys);
}

const textsIn = async (file: string): Promise<Record<string, string>> => (await import(file)).texts;
