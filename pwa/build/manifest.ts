import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const icon = (src: string, sizes: string, purpose: string) => ({ src, sizes, type: 'image/png', purpose });

const shortcut = (name: string, url: string) => ({ name, url, icons: [icon('/icons/icon-192.png', '192x192', 'any')] });

const MANIFEST = {
  id: '/',
  name: 'くらしまど',
  short_name: 'くらしまど',
  description: '東京23区のくらしの手続きとお知らせを、ひとつの窓で。',
  lang: 'ja',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#ffffff',
  theme_color: '#0017c1',
  display_override: ['standalone', 'minimal-ui'],
  categories: ['government', 'lifestyle', 'utilities'],
  prefer_related_applications: false,
  launch_handler: { client_mode: ['navigate-existing', 'auto'] },
  icons: [
    icon('/icons/icon-192.png', '192x192', 'any'),
    icon('/icons/icon-512.png', '512x512', 'any'),
    icon('/icons/maskable-512.png', '512x512', 'maskable'),
  ],
  shortcuts: [
    shortcut('緊急パック', '/emergency'),
    shortcut('おしらせ', '/inbox'),
    shortcut('てつづき', '/applications'),
    shortcut('さがす', '/search'),
  ],
  // Caught by the worker (service-worker/share.ts); the server answers it only where no worker is (bff/shell.py).
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: {
      title: 'title', text: 'text', url: 'url',
      files: [{ name: 'files', accept: ['image/*', 'application/pdf', '.pdf'] }],
    },
  },
  file_handlers: [
    { action: '/shared', accept: { 'application/pdf': ['.pdf'] }, launch_type: 'single-client' },
    { action: '/verify', accept: { 'application/zip': ['.zip'] }, launch_type: 'single-client' },
  ],
};

/** One line about this release, for who is offered it (screens/parts/device-notes.tsx). */
const NEWS = new URL('./whats-new.json', import.meta.url);

/** Writes dist/manifest.webmanifest (W3C Web Application Manifest). */
export function appManifest(): Plugin {
  return {
    name: 'app-manifest',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(MANIFEST) });
      this.emitFile({ type: 'asset', fileName: 'whats-new.json', source: readFileSync(NEWS) });
    },
  };
}
