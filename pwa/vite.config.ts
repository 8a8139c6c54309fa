import { defineConfig } from 'vite';
import { firstCss } from './build/first-css.ts';
import { firstPaint } from './build/first-paint.ts';
import { appIcons } from './build/icons.ts';
import { chunkName, chunks } from './build/chunks.ts';
import { appManifest } from './build/manifest.ts';
import { openData } from './build/open-data.ts';
import { packed } from './build/packed.ts';
import { printFont } from './build/print-font.ts';
import { publicPages } from './build/public-pages.ts';
import { serviceWorker } from './build/service-worker.ts';
import { texts } from './build/texts.ts';
import { usedTokens } from './build/used-tokens.ts';
import { trustedDocuments } from './build/trusted-documents.ts';

/** Staff pages link their files by name; everything else carries a hash. */
const isStaff = (names: readonly string[]) => names.some((name) => name.startsWith('staff'));

export default defineConfig({
  plugins: [trustedDocuments(), texts(), firstCss(), firstPaint(), usedTokens(), appIcons(), appManifest(), openData(), printFont(), publicPages(), serviceWorker(), packed()],
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    cssTarget: ['chrome126', 'firefox126', 'safari18'], // as URL.parse wants them; light-dark() is then left as it is
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // htmx carries an eval that staff/main.ts turns off and the content security policy forbids.
      checks: { eval: false },
      input: { index: 'index.html', pages: 'pages/pages.css', staff: 'staff/main.ts', 'staff-handover': 'staff/handover/main.ts' },
      output: {
        codeSplitting: { groups: chunks },
        chunkFileNames: chunkName,
        entryFileNames: (chunk) => (isStaff([chunk.name]) ? 'assets/[name].js' : 'assets/[name]-[hash].js'),
        assetFileNames: (asset) => (isStaff(asset.names) ? 'assets/[name][extname]' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
});
