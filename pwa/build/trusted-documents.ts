import type { Plugin } from 'vite';
import { formerDocuments, knownDocuments, type KnownDocument } from './documents.ts';

const IMPORT = /import \{([^}]*)\} from '([^']*\/documents\.ts)';/g;
const ONE = /\/data\/documents\.ts\?(\w+)$/;

/** Gives each file the hashes of the documents it asks by, and no others, for a hash cannot be packed; and writes
 * dist/documents.json for the server, and beside it those of the release before. */
export function trustedDocuments(): Plugin {
  let known: Promise<KnownDocument[]>;
  return {
    name: 'trusted-documents',
    enforce: 'pre',
    buildStart() {
      known = knownDocuments();
    },
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes('/documents.ts')) return null;
      return code.replace(IMPORT, (_, names: string, from: string) => oneByOne(names, from));
    },
    async load(id) {
      const name = ONE.exec(id)?.[1];
      if (name === undefined) return null;
      const document = (await known).find((one) => one.name === name);
      if (!document) throw new Error(`no document ${name}`);
      return `export const ${name} = ${JSON.stringify(document.id)};`;
    },
    async generateBundle() {
      const byId = Object.fromEntries((await known).map(({ id, text }) => [id, text]));
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(byId, null, 1) });
      this.emitFile({ type: 'asset', fileName: 'documents.before.json', source: JSON.stringify(formerDocuments(), null, 1) });
    },
  };
}

const oneByOne = (names: string, from: string): string =>
  names.split(',').map((name) => name.trim()).filter(Boolean)
    .map((name) => `import { ${name} } from '${from}?${name.split(' ')[0]}';`).join(' ');
