import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema, print, validate, type DocumentNode } from 'graphql';

export type KnownDocument = { name: string; id: string; text: string };

const SCHEMA = new URL('../../bff/graphql/schema.graphql', import.meta.url);

/** Reads data/documents.ts, holds each document against the schema (throws on the first fault) and hashes its text. */
export async function knownDocuments(): Promise<KnownDocument[]> {
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  const module: Record<string, unknown> = await import(`../data/documents.ts?${Date.now()}`);
  return Object.entries(module).map(([name, document]) => {
    const faults = validate(schema, document as DocumentNode);
    if (faults.length) throw new Error(`${name}: ${faults.map((fault) => fault.message).join('; ')}`);
    const text = print(document as DocumentNode);
    return { name, text, id: `sha256:${createHash('sha256').update(text).digest('hex')}` };
  });
}
