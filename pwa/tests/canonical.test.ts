import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import canonicalize from 'canonicalize';
import table from '../../tests/shape/canonical.json' with { type: 'json' };
import { canonical, digestOf, folderDigest, folderOf } from '../data/canonical.ts';
import type { Answers } from '../data/shapes.ts';

for (const { name, value, canonical: expected } of table.vectors) {
  test(`RFC 8785: ${name}`, () => assert.equal(canonicalize(value), expected));
}

for (const { name, application, canonical: expected } of table.applications) {
  test(`the phone makes the same bytes as the house: ${name}`, async () => {
    const { procedure, version, subject, ward, completedAt } = application;
    const answers = application.answers as unknown as Answers;
    const sent = { form: { procedure, version, subject }, ward, answers, completedAt };
    assert.equal(canonical(sent), expected);
    assert.equal(await digestOf(sent), createHash('sha256').update(expected, 'utf8').digest('hex'));
  });
}

for (const { name, folder, canonical: expected } of table.folders) {
  test(`what is signed once for several is the same bytes as the house's: ${name}`, async () => {
    assert.equal(folderOf(folder), expected);
    assert.equal(await folderDigest(folder), createHash('sha256').update(expected, 'utf8').digest('hex'));
  });
}
