import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { formerDocuments, knownDocuments } from '../build/documents.ts';

test('a schema that leaves the last release behind is found when the app is built, with what is missing', async () => {
  const former = JSON.stringify({ a: 'query WhoWasThere { service { today version } }' });
  const schema = (service: string) => buildSchema(`type Query { service: Service! } type Service { ${service} }`);
  assert.deepEqual(Object.keys(formerDocuments(schema('today: String! version: String! more: Int'), former)), ['a'], 'what is added breaks nobody');
  assert.throws(() => formerDocuments(schema('today: String!'), former), /query WhoWasThere: Cannot query field "version"/);
  assert.ok(Object.keys(formerDocuments()).length > 50, 'and the true one is kept');
  assert.ok((await knownDocuments()).every(({ id }) => id.startsWith('sha256:')));
});
