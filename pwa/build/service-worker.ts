import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';
import { trustedDocuments } from './trusted-documents.ts';

export type ShellFile = { url: string; revision: string | null };

/** Builds dist/sw.js after the app, with the list of files that make the app start without a network; and the worker of the counter's page. */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    async writeBundle() {
      const out = join(config.root, config.build.outDir);
      await buildWorker(config.root, out, 'main', 'sw', shellFiles(out));
      await buildWorker(config.root, out, 'handover', 'staff-handover-worker', []);
    },
  };
}

/** What of the open data the screens read without a network. */
const OPEN_SHOWN = ['/open/search.json', '/open/catalogue.json', '/open/bundles.json'];

/** Every file but the staff's and the public pages', what is for printing, the documents' list and the worker itself; a hashed name needs no revision. */
export function shellFiles(out: string): ShellFile[] {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length))
    .filter((path) => !path.startsWith('/open/') || OPEN_SHOWN.includes(path))
    .filter((path) => !/^\/(\.vite\/|assets\/(staff|pages)[.-]|print\/|public\/|documents(\.before)?\.json|whats-new\.json|sw\.js|staff-handover-worker\.js)/.test(path))
    .sort()
    .map((path) => ({ url: path, revision: path.startsWith('/assets/') ? null : digest(join(out, path)) }));
}

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);

async function buildWorker(root: string, outDir: string, from: string, to: string, shell: ShellFile[]): Promise<void> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [trustedDocuments()],
    define: { __SHELL__: JSON.stringify(shell), 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        input: join(root, `service-worker/${from}.ts`),
        output: { format: 'iife', entryFileNames: `${to}.js` },
      },
    },
  });
}
