import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

/** Puts pwa/open, which `python -m infra.catalogue write` makes, into dist/open as it is. */
export function openData(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'open-data',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle() {
      const folder = join(config.root, 'open');
      if (!existsSync(folder)) throw new Error('pwa/open is missing: run `make pwa/open/index.json`');
      for (const name of readdirSync(folder)) {
        this.emitFile({ type: 'asset', fileName: `open/${name}`, source: readFileSync(join(folder, name)) });
      }
    },
  };
}
