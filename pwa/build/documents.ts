import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema, parse, print, validate, type DocumentNode, type GraphQLSchema } from 'graphql';

export type KnownDocument = { name: string; id: string; text: string };

const SCHEMA = new URL('../../bff/graphql/schema.graphql', import.meta.url);
/** Those of the last release, as `make former` has kept them; they are in git. */
export const FORMER = new URL('./documents.before.json', import.meta.url);

/** Reads data/documents.ts, holds each document against the schema (throws on the first fault) and hashes its text. */
export async function knownDocuments(): Promise<KnownDocument[]> {
  const schema = readSchema();
  const module: Record<string, unknown> = await import(`../data/documents.ts?${Date.now()}`);
  return Object.entries(module).map(([name, document]) => {
    const faults = validate(schema, document as DocumentNode);
    if (faults.length) throw new Error(`${name}: ${faults.map((fault) => fault.message).join('; ')}`);
    const text = print(document as DocumentNode);
    return { name, text, id: `sha256:${createHash('sha256').update(text).digest('hex')}` };
  });
}

const readSchema = (): GraphQLSchema => buildSchema(readFileSync(SCHEMA, 'utf8'));

/** The documents of the release before by id, which phones still send for a while; throws where the schema has left one behind. */
export function formerDocuments(schema = readSchema(), file = readFileSync(FORMER, 'utf8')): Record<string, string> {
  const former = JSON.parse(file) as Record<string, string>;
  const broken = Object.values(former).flatMap((text) => {
    const faults = validate(schema, parse(text));
    return faults.length ? [`${/\w+ \w+/.exec(text)?.[0]}: ${faults.map((fault) => fault.message).join('; ')}`] : [];
  });
  if (broken.length) {
    throw new Error(`The schema no longer answers the app of the last release. Keep the old field beside the new one until\n`
      + `the next release (then: make former).\n${broken.join('\n')}`);
  }
  return former;
}
