import type { Plugin } from 'vite';
import { texts as catalogueEasy } from '../text/catalogue/easy.ts';
import { texts as catalogueEn } from '../text/catalogue/en.ts';
import { texts as catalogueJa } from '../text/catalogue/ja.ts';
import { texts as coreEasy } from '../text/core/easy.ts';
import { texts as coreEn } from '../text/core/en.ts';
import { texts as coreJa } from '../text/core/ja.ts';
import { texts as signingEasy } from '../text/signing/easy.ts';
import { texts as signingEn } from '../text/signing/en.ts';
import { texts as signingJa } from '../text/signing/ja.ts';

const WORDS = {
  ja: { ...catalogueJa, ...coreJa, ...signingJa },
  easy: { ...catalogueEasy, ...coreEasy, ...signingEasy },
  en: { ...catalogueEn, ...coreEn, ...signingEn },
};

/** Lays the app's own words into dist/public, from which the server's public pages speak: said in one place, read in both. */
export function publicPages(): Plugin {
  return {
    name: 'public-pages',
    apply: 'build',
    generateBundle(_, bundle) {
      this.emitFile({ type: 'asset', fileName: 'public/words.json', source: JSON.stringify(WORDS) });
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.names.includes('pages.css')) file.source = withoutUnused(String(file.source));
      }
    },
  };
}

/** Leaves out the colours that no rule asks for, over and over, since one may stand for another. */
export function withoutUnused(css: string): string {
  const asked = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  const left = css.replace(/(--[\w-]+):[^;{}]*(;|(?=}))/g, (whole, name: string) => (asked.has(name) ? whole : ''));
  return left.length < css.length ? withoutUnused(left) : left;
}
