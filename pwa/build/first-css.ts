import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transform } from 'lightningcss';
import type { Plugin } from 'vite';
import { together, wordsIn } from './text-keys.ts';

/**
 * The style sheet of the first screens: design/app.css without the rules that want a class none of them wears. The whole
 * sheet comes with the first room beside home (screens/parts/later.tsx), after it and in its own order, so that whichever
 * of the two a rule stands in, the same one wins.
 */
export function firstCss(): Plugin {
  let root: string;
  return {
    name: 'first-css',
    enforce: 'pre',
    configResolved(resolved) {
      root = resolved.root;
    },
    load(id) {
      return id.endsWith('/design/first.css') ? firstSheet(root) : null;
    },
  };
}

/** As a style sheet; `worn`: the classes that stay. */
export function firstSheet(root: string): string {
  const whole = inlined(join(root, 'design/app.css'));
  const worn = wordsIn(together([join(root, 'main.tsx'), join(root, 'screens/login.tsx')]));
  const unusedSymbols = classesOf(whole).filter((name) => !worn.has(name));
  return transform({ filename: 'first.css', code: Buffer.from(whole), unusedSymbols }).code.toString();
}

export const classesOf = (css: string): string[] =>
  [...new Set([...css.replace(/\/\*.*?\*\//gs, '').matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name ?? ''))];

/** A sheet with what it imports in its place; imports stand first and in layers, and no imported sheet imports more. */
export function inlined(file: string): string {
  const { resolve } = createRequire(file);
  return readFileSync(file, 'utf8').replace(/@import '([^']+)' layer\((\w+)\);/g, (_, from: string, layer: string) =>
    `@layer ${layer} {\n${readFileSync(from.startsWith('.') ? join(file, '..', from) : resolve(from), 'utf8')}\n}`);
}
