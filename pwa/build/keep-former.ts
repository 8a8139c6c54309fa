import { writeFileSync } from 'node:fs';
import { FORMER, knownDocuments } from './documents.ts';

/** Run when a release is made: what this app sends is answered by the next release too. */
const documents = await knownDocuments();
writeFileSync(FORMER, `${JSON.stringify(Object.fromEntries(documents.map(({ id, text }) => [id, text])), null, 1)}\n`);
console.log(`${documents.length} documents are kept for the next release`);
