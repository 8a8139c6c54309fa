import type { Plugin } from 'vite';

const TOKEN = /(--(?:color|font|line-height|border-radius|elevation)-[\w-]+):[^;}]+;?/g;

/** Leaves of the agency's tokens only those that some stylesheet asks for: the others are weight on every phone. */
export function usedTokens(): Plugin {
  return {
    name: 'used-tokens',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const sheets = Object.values(bundle).filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
      const texts = sheets.map((sheet) => (sheet.type === 'asset' ? String(sheet.source) : ''));
      const asked = new Set(texts.flatMap((css) => [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name)));
      sheets.forEach((sheet, at) => {
        if (sheet.type === 'asset') sheet.source = (texts[at] ?? '').replace(TOKEN, (line, name: string) => (asked.has(name) ? line : ''));
      });
    },
  };
}
