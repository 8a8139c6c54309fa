import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';

/** Puts design/first-paint.ts, as a script of its own that the page waits for, before whatever is painted. */
export function firstPaint(): Plugin {
  let config: ResolvedConfig;
  let [code, name] = ['', ''];
  return {
    name: 'first-paint',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    async buildStart() {
      code = await small(join(config.root, 'design/first-paint.ts'), config.root);
      name = `assets/look-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/${name}` }, injectTo: 'head' }],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source: code });
    },
  };
}

async function small(input: string, root: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { target: 'es2022', write: false, modulePreload: { polyfill: false }, rolldownOptions: { input, output: { format: 'iife' } } },
  });
  const [one] = Array.isArray(built) ? built : [built];
  const chunk = one && 'output' in one ? one.output[0] : undefined;
  if (!chunk) throw new Error('design/first-paint.ts was not built');
  return chunk.code;
}
