import type { Plugin } from 'vite';

const icon = (src: string, sizes: string, purpose: string) => ({ src, sizes, type: 'image/png', purpose });

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
  categories: ['government', 'lifestyle'],
  icons: [
    icon('/icons/icon-192.png', '192x192', 'any'),
    icon('/icons/icon-512.png', '512x512', 'any'),
    icon('/icons/maskable-512.png', '512x512', 'maskable'),
  ],
  shortcuts: [
    { name: 'おしらせ', url: '/inbox', icons: [icon('/icons/icon-192.png', '192x192', 'any')] },
    { name: 'てつづき', url: '/applications', icons: [icon('/icons/icon-192.png', '192x192', 'any')] },
  ],
};

/** Writes dist/manifest.webmanifest (W3C Web Application Manifest). */
export function appManifest(): Plugin {
  return {
    name: 'app-manifest',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(MANIFEST) });
    },
  };
}
