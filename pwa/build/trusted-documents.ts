import type { Plugin } from 'vite';
import { knownDocuments } from './documents.ts';

/** Replaces data/documents.ts by the hashes of its documents and writes dist/documents.json for the server. */
export function trustedDocuments(): Plugin {
  return {
    name: 'trusted-documents',
    async load(id) {
      if (!id.endsWith('/data/documents.ts')) return null;
      const documents = await knownDocuments();
      return documents.map(({ name, id }) => `export const ${name} = ${JSON.stringify(id)};`).join('\n');
    },
    async generateBundle() {
      const documents = await knownDocuments();
      const byId = Object.fromEntries(documents.map(({ id, text }) => [id, text]));
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(byId, null, 1) });
    },
  };
}
