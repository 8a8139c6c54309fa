import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveFirst, wantedProof } from '../data/step-up.ts';
import { isDue } from '../device/lock.ts';

test('a lock closes when she has looked away for as long as she chose', () => {
  assert.equal(isDue(5, 1_000_000, 1_000_000 + 299_999), false);
  assert.equal(isDue(5, 1_000_000, 1_000_000 + 300_000), true);
  assert.equal(isDue(0, 1_000_000, 1_000_000), true, 'each time');
  assert.equal(isDue(15, 0, Date.now()), true, 'nobody knows when she last looked');
});

test('of two wishes for proof the newer is asked, and the older is told no', async () => {
  const first = proveFirst({ cardOnly: false, to: '/a' });
  const second = proveFirst({ cardOnly: true, to: '/b' });
  assert.equal(await first, false);
  assert.equal(wantedProof()?.to, '/b');
  wantedProof()?.done(true);
  assert.equal(await second, true);
  assert.equal(wantedProof(), null);
});
