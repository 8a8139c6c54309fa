import { canScan, scan } from './camera.ts';
import { rememberedWard, rememberUsed, rememberWard, usedNumbers } from './memory.ts';
import { CLOCK, make, sheet, whyRefused, type Words } from './show.ts';
import { read, type Key } from './verify.ts';

/** The counter's page. Everything it needs is fetched once; its own worker keeps it for when there is no network. */

const part = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id} on the page`);
  return found as E;
};
const WORKER = '/staff/handover-worker.js';
const ward = part<HTMLSelectElement>('ward');
const text = part<HTMLTextAreaElement>('text');
const camera = part<HTMLButtonElement>('camera');
const view = part<HTMLVideoElement>('view');
const readiness = part('readiness');
const result = part('result');
/** Beside a sheet that is showing: what was wrong with the next scan. */
const beside = make('div');
beside.setAttribute('role', 'alert');
/** The number of the sheet on the screen. It cannot be read again, so nothing but the official takes it away. */
let showing: string | null = null;

const fetched = async <T>(path: string): Promise<T> => {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
};

async function begin(): Promise<void> {
  const worker = navigator.serviceWorker.register(workerAddress(), { scope: '/staff/handover' });
  const [words, { keys }] = await Promise.all([
    fetched<Words>('/staff/handover/words.json'), fetched<{ keys: Key[] }>('/.well-known/handover-jwks.json'),
  ]);
  offerWards(words);
  listen(words, keys);
  await worker;
  await navigator.serviceWorker.ready;
  say('準備ができました。通信がなくても使えます。', 'ready');
}

type Policies = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } };

/** Under Trusted Types a page may start this worker and no other script. */
function workerAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (!trustedTypes) return WORKER;
  const policy = trustedTypes.createPolicy('kurashimado', {
    createScriptURL(url) {
      if (url !== WORKER) throw new TypeError(`no script of this page: ${url}`);
      return url;
    },
  });
  return policy.createScriptURL(WORKER) as string;
}

function say(sentence: string, state: string): void {
  readiness.textContent = sentence;
  readiness.dataset.state = state;
}

function offerWards(words: Words): void {
  for (const [code, name] of Object.entries(words.wards)) ward.append(new Option(name, code));
  ward.value = rememberedWard();
  ward.addEventListener('change', () => rememberWard(ward.value));
}

function listen(words: Words, keys: Key[]): void {
  part('reading').addEventListener('submit', (event) => {
    event.preventDefault();
    void judge(text.value, words, keys);
  });
  // A barcode reader ends with Enter.
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    void judge(text.value, words, keys);
  });
  camera.hidden = !canScan();
  camera.addEventListener('click', () => {
    scan(view).then((found) => judge(found, words, keys), () => refuse('カメラを使えません。カメラの許可を確かめるか、バーコードリーダーで読み取ってください。'));
  });
}

async function judge(typed: string, words: Words, keys: Key[]): Promise<void> {
  if (ward.value === '') {
    refuse('先に、この窓口の区を選んでください。読み取った文字は残してあります。選んでから「読み取る」を押してください。');
    text.value = typed;
    return ward.focus();
  }
  text.value = '';
  const now = Math.floor(Date.now() / 1000);
  const reading = await read(typed, { keys, ward: ward.value, now, used: usedNumbers(now) });
  const number = reading.claims?.jti;
  const isRight = !('refused' in reading) || reading.refused === 'used';
  if (isRight && number === showing) return beside.replaceChildren();
  if ('refused' in reading) return refuse(whyRefused(reading.refused, reading.claims, words));
  if (showing !== null) return refuse('別のシートです。まだ読み取っていません。今のシートを画面から消してから、もう一度読み取ってください。');
  showing = reading.claims.jti;
  beside.replaceChildren();
  rememberUsed(reading.claims.jti, reading.claims.exp, now);
  const clock = reading.clock ? [note(CLOCK[reading.clock])] : [];
  show('good', [beside, ...clock, ...sheet(reading.claims, words), away()]);
}

/** Asked once more: the same sheet cannot be read a second time on this device. */
function away(): HTMLElement {
  const place = make('div');
  place.className = 'actions';
  const first = button('画面から消す', () => {
    place.replaceChildren(
      note('消すと、このシートはこの端末でもう一度読み取れません。写し終わりましたか。'),
      button('消す', clear),
      button('もどる', () => { place.replaceChildren(first); first.focus(); }, 'outline'),
    );
    place.querySelector('button')?.focus();
  });
  place.append(first);
  return place;
}

function button(label: string, act: () => void, kind = ''): HTMLElement {
  const made = make('button', label);
  made.className = 'button';
  if (kind) made.dataset.kind = kind;
  made.addEventListener('click', act);
  return made;
}

function note(sentence: string): HTMLElement {
  const made = make('p', sentence);
  made.className = 'banner';
  made.dataset.kind = 'warning';
  return made;
}

function refuse(sentence: string): void {
  if (showing === null) return show('refused', [make('h2', '読み取れませんでした'), make('p', sentence)]);
  beside.replaceChildren(note(`読み取れませんでした。${sentence}`), make('p', '前に読み取ったシートは、そのまま下にあります。'));
}

function show(state: string, content: HTMLElement[]): void {
  result.dataset.state = state;
  result.replaceChildren(...content);
  result.hidden = false;
  result.focus();
}

function clear(): void {
  forget();
  text.focus();
}

/** Nothing of a sheet is left on the page: neither to the eye nor to the browser's own "back". */
function forget(): void {
  showing = null;
  result.hidden = true;
  result.replaceChildren();
  text.value = '';
}
addEventListener('pagehide', forget);

begin().catch(() => say('準備できませんでした。通信できるところで、このページを開き直してください。', 'failed'));
