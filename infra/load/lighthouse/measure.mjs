/** `node measure.mjs ORIGIN PATH…`: Lighthouse's four figures for each page on its slow phone, and what cost points. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WANTED = { performance: 0.98, accessibility: 1, 'best-practices': 1, seo: 1 };
const [origin, ...paths] = process.argv.slice(2);

const home = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const port = 9300 + Math.floor(Math.random() * 600);
const browser = spawn(CHROMIUM, ['--headless=new', '--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`, `--user-data-dir=${home}`, 'about:blank'], { stdio: 'ignore' });
const stop = () => browser.kill();
process.on('exit', stop);

async function awake() {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/json/version`).then(({ ok }) => ok, () => false)) return;
    await new Promise((over) => setTimeout(over, 100));
  }
  throw new Error(`${CHROMIUM} does not answer`);
}

await awake();
let isShort = false;
for (const path of paths) {
  const told = await lighthouse(`${origin}${path}`, { port, logLevel: 'error', output: 'json', onlyCategories: Object.keys(WANTED) });
  const { categories, audits } = told.lhr;
  const figures = Object.entries(WANTED).map(([id, wanted]) => {
    const score = categories[id].score ?? 0;
    if (score < wanted) isShort = true;
    return `${id} ${Math.round(score * 100)}`;
  });
  const { 'first-contentful-paint': paint, 'largest-contentful-paint': largest, 'total-blocking-time': busy, 'cumulative-layout-shift': shift } = audits;
  console.log(`${path.padEnd(28)} ${figures.join('  ')}  | ${[paint, largest, busy, shift].map((one) => one.displayValue).join(' · ')}`);
  for (const [id, wanted] of Object.entries(WANTED)) {
    if ((categories[id].score ?? 0) >= wanted) continue;
    const lost = categories[id].auditRefs.map((ref) => ({ weight: ref.weight, ...audits[ref.id] })).filter(({ score, weight }) => score !== null && score < 0.9 && weight > 0);
    for (const { id: audit, title, displayValue = '' } of lost) console.log(`    ${id}: ${audit} – ${title} ${displayValue}`);
  }
}
stop();
rmSync(home, { recursive: true, force: true, maxRetries: 5 });
process.exit(isShort ? 1 : 0);
