import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ask } from '../data/ask.ts';
import { ShowHome } from '../data/documents.ts';
import { readLine } from '../data/line.ts';
import { NoAnswer } from '../data/no-answer.ts';
import { patiently, pauseOf } from '../data/patience.ts';
import { refreshSchools } from '../data/school.ts';
import { insist } from '../service-worker/insist.ts';

const NOW = Date.parse('2026-11-27T08:00:00+09:00');
const real = globalThis.fetch;
let asked: number[] = [];

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: NOW });
  asked = [];
});

afterEach(() => {
  mock.timers.reset();
  globalThis.fetch = real;
});

/** A house that answers each time with the next of these: how long to wait in seconds, or what it says. */
function aHouse(...answers: (number | 'answers' | 'breaks')[]): void {
  globalThis.fetch = () => {
    asked.push(Date.now() - NOW);
    const next = answers.shift() ?? 'answers';
    if (next === 'answers') return Promise.resolve(Response.json({ data: { viewer: null } }));
    if (next === 'breaks') return Promise.resolve(new Response('{}', { status: 500 }));
    return Promise.resolve(new Response('{}', { status: 429, headers: { 'Retry-After': String(next) } }));
  };
}

const askHome = async () => void (await ask(ShowHome, { since: [] }));
const passes = async (milliseconds: number) => {
  mock.timers.tick(milliseconds);
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
};

test('what was put off waits at least as long as the house asked, longer each time, and by chance up to half of it more', () => {
  assert.equal(pauseOf(0, 20_000, 0), 20_000);
  assert.equal(pauseOf(0, 20_000, 1), 30_000);
  assert.equal(pauseOf(0, 1_000, 0), 5_000);
  assert.equal(pauseOf(3, 1_000, 0), 40_000);
  assert.equal(pauseOf(40, 1_000, 1), 450_000);
  assert.equal(pauseOf(40, 900_000, 0), 900_000);
});

test('a full house is asked again by itself when its time has come, and not before, whoever wishes it', async () => {
  aHouse(20, 8);
  await assert.rejects(patiently('home', askHome, () => 0.5), { silence: 'busy', retryAfter: 20_000 });
  assert.equal(readLine().crowdedUntil, NOW + 25_000);
  await passes(24_999);
  await assert.rejects(patiently('home', askHome, () => 0.5), (no) => no instanceof NoAnswer && no.retryAfter === 1);
  assert.deepEqual(asked, [0]);
  await passes(1);
  assert.deepEqual(asked, [0, 25_000]);
  assert.equal(readLine().crowdedUntil, NOW + 25_000 + 12_500, 'doubled: ten seconds, and half of the chance');
  await passes(12_500);
  assert.deepEqual(asked, [0, 25_000, 37_500]);
  assert.equal(readLine().crowdedUntil, null);
  await patiently('home', askHome);
  assert.equal(asked.length, 4, 'nothing is held any more');
});

test('a timer that comes a little early asks all the same, and is not waited for twice', async () => {
  aHouse(20);
  await assert.rejects(patiently('home', askHome, () => 1 / 3));
  const really = Date.now;
  Date.now = () => really() - 1;
  await passes(23_334);
  Date.now = really;
  assert.equal(asked.length, 2);
  assert.equal(readLine().crowdedUntil, null);
});

test('two things that were put off are told until the last of them, and neither holds up the other', async () => {
  aHouse(20, 5, 'answers', 'answers');
  await assert.rejects(patiently('home', askHome, () => 0));
  await assert.rejects(patiently('inbox', askHome, () => 0));
  assert.equal(readLine().crowdedUntil, NOW + 20_000);
  await passes(5_000);
  assert.deepEqual(asked, [0, 0, 5_000]);
  assert.equal(readLine().crowdedUntil, NOW + 20_000);
  await passes(15_000);
  assert.deepEqual(asked, [0, 0, 5_000, 20_000]);
  assert.equal(readLine().crowdedUntil, null);
});

test('an answer that broke says no time: it is not asked again by itself', async () => {
  aHouse('breaks');
  await assert.rejects(patiently('home', askHome), { silence: 'busy', retryAfter: null });
  assert.equal(readLine().crowdedUntil, null);
  await passes(600_000);
  assert.deepEqual(asked, [0]);
});

test('what schools ask, which an absence is told by, comes by itself when the house has room again', async () => {
  aHouse(5);
  await assert.rejects(refreshSchools(), { silence: 'busy', retryAfter: 5_000 });
  await passes(7_500);
  assert.equal(asked.length, 2);
  assert.equal(readLine().crowdedUntil, null);
});

test('a worker that an alarm has woken asks a full house again, at most a minute later, and gives up after the fourth time', async () => {
  aHouse(8, 90);
  const heard = insist(askHome, () => 0.5);
  await passes(0);
  await passes(12_000);
  await passes(60_000);
  await heard;
  assert.deepEqual(asked, [0, 12_000, 72_000]);
  aHouse(60, 60, 60, 60, 60);
  const unheard = assert.rejects(insist(askHome, () => 0), { silence: 'busy' });
  for (let minute = 0; minute < 10; minute++) await passes(60_000);
  await unheard;
  assert.equal(asked.length, 3 + 5);
});

test('a worker does not insist where no answer would be another', async () => {
  globalThis.fetch = () => { asked.push(0); return Promise.resolve(new Response('{}', { status: 404 })); };
  await assert.rejects(insist(askHome), { silence: 'fault' });
  assert.equal(asked.length, 1);
});
