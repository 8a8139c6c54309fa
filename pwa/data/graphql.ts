import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema-types.d.ts';

/** Any JSON value, as the answers of a form are. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Types a document by the schema. Runs in the build only; the phone carries the hash of each document. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Date: string; DateTime: string; Time: string; JSON: Json };
}>();
