import { defineConfig } from 'vite';
import { appIcons } from './build/icons.ts';
import { appManifest } from './build/manifest.ts';
import { openData } from './build/open-data.ts';
import { packed } from './build/packed.ts';
import { serviceWorker } from './build/service-worker.ts';
import { trustedDocuments } from './build/trusted-documents.ts';

/** Staff pages link their files by name; everything else carries a hash. */
const isStaff = (names: readonly string[]) => names.some((name) => name.startsWith('staff'));

export default defineConfig({
  plugins: [trustedDocuments(), appIcons(), appManifest(), openData(), serviceWorker(), packed()],
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // htmx carries an eval that staff/main.ts turns off and the content security policy forbids.
      checks: { eval: false },
      input: { index: 'index.html', staff: 'staff/main.ts', 'staff-handover': 'staff/handover/main.ts' },
      output: {
        entryFileNames: (chunk) => (isStaff([chunk.name]) ? 'assets/[name].js' : 'assets/[name]-[hash].js'),
        assetFileNames: (asset) => (isStaff(asset.names) ? 'assets/[name][extname]' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
});
