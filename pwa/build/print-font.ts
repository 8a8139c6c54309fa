import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

const PACKAGE = 'node_modules/@expo-google-fonts/noto-sans-jp';

/** What the house prints with, in dist/print: no browser is ever sent it (`bff/ink.py`). SIL Open Font License. */
export function printFont(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'print-font',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle() {
      const put = (fileName: string, from: string) =>
        this.emitFile({ type: 'asset', fileName: `print/${fileName}`, source: readFileSync(join(config.root, PACKAGE, from)) });
      put('NotoSansJP-Regular.ttf', '400Regular/NotoSansJP_400Regular.ttf');
      put('LICENSE', 'LICENSE');
    },
  };
}
