import { formerDocuments, knownDocuments } from './documents.ts';

const [documents, former] = [await knownDocuments(), formerDocuments()];
console.log(`${documents.length} documents, and ${Object.keys(former).length} of the last release, stand against bff/graphql/schema.graphql`);
