import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decoded } from '../screens/router.ts';
import { SERVERS_OWN } from '../service-worker/denied.ts';

test('the server keeps its own addresses, with a path behind them, with a query and without', () => {
  for (const path of ['/staff', '/staff/broadcasts', '/staff?ward=131032', '/login/start?to=%2F', '/login?again', '/graphql', '/open/', '/open/procedures.csv', '/uploads/1', '/issued/1', '/pay/return?payment=1', '/effect?lang=en', '/calendar/secret.ics', '/calendar-item?key=step-1', '/accessibility', '/accessibility?lang=en', '/cards/site.ja.png', '/robots.txt', '/sitemap.xml']) {
    assert.match(path, SERVERS_OWN);
  }
});

test('everything else is the app', () => {
  for (const path of ['/', '/?login=cancelled', '/step/claim', '/staffing', '/inbox?from=/staff', '/payments', '/payments/1?back=card', '/calendars', '/documents/1']) {
    assert.doesNotMatch(path, SERVERS_OWN);
  }
});

test('an address that cannot be read leads nowhere instead of breaking the screen', () => {
  assert.equal(decoded('child_allowance_claim%3Am-1004'), 'child_allowance_claim:m-1004');
  assert.equal(decoded('%E0%A4%A'), null);
});
