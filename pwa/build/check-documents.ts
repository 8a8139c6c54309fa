import { knownDocuments } from './documents.ts';

const documents = await knownDocuments();
console.log(`${documents.length} documents stand against bff/graphql/schema.graphql`);
