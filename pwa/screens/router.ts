import { useEffect, useState } from 'preact/hooks';
import { mayWrite } from '../device/leaving.ts';

/** The app's own small router on the History API. A place is a path with its query. */
export type Place = { path: string; query: URLSearchParams };

const ears = new Set<() => void>();
export const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });

type Held = { at: string; ask: (goOn: () => void) => void };
let held: Held | null = null;

/** Goes to a place of the app; `replace` leaves no step back. Who holds this place is asked first. */
export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (held) {
    held.ask(() => go(path, how));
    return;
  }
  const isElsewhere = new URL(path, location.origin).pathname !== location.pathname;
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  if (how === 'push' && isElsewhere) moved(tellEars);
  else tellEars();
}

const tellEars = () => ears.forEach((ear) => ear());
const wantsCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** One screen fades into the next where the browser can do it and she wants motion. */
function moved(change: () => void): void {
  if (!('startViewTransition' in document) || wantsCalm() || document.visibilityState === 'hidden') return change();
  const fading = document.startViewTransition(async () => {
    change();
    await new Promise((drawn) => setTimeout(drawn));
  });
  fading.ready.catch(() => undefined); // skipped: a second touch came before the fading began
  fading.finished.catch(() => undefined);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const ear = () => setPlace(here());
    const popped = () => {
      if (held) stayHere(held);
      else ear();
    };
    ears.add(ear);
    addEventListener('popstate', popped);
    return () => {
      ears.delete(ear);
      removeEventListener('popstate', popped);
    };
  }, []);
  return place;
}

/** The browser has gone back already: it is led here again, and asked whether it goes. */
function stayHere({ at, ask }: Held): void {
  history.pushState(null, '', at);
  ask(() => history.back());
}

/**
 * Holds this place: whoever leads away from it, by a link, the way back or another page, waits for `ask`, which is given
 * the way on. After a logout nobody is asked. Hands back what lets go.
 */
export function holdHere(ask: Held['ask']): () => void {
  const mine = { at: location.pathname + location.search + location.hash, ask };
  const unload = (event: BeforeUnloadEvent) => { if (mayWrite()) event.preventDefault(); };
  held = mine;
  addEventListener('beforeunload', unload);
  return () => {
    if (held === mine) held = null;
    removeEventListener('beforeunload', unload);
  };
}

/** Somebody holds this place, or the caret stands in a field. */
export const isBusyHere = (): boolean =>
  held !== null || document.activeElement?.matches('input:not([type=button]), textarea, select, [contenteditable]') === true;

/** The public catalogue, and what works without a network, are shown to whoever opens them. */
const OPEN_TO_ALL = /^\/(search|events|procedure|facilities|help-offline|verify|components|task|copy|handed-over|finish-login|code|emergency|shared|install|storage|scan)(\/|$)/;
export const isForEverybody = (path: string): boolean => OPEN_TO_ALL.test(path);

/** A part of a path as it was meant; null: no address has it like that. */
export function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** A path that stays in this app, for addresses that come from outside (a push, the server); else home. */
export function safePath(path: unknown): string {
  if (typeof path !== 'string') return '/';
  const url = URL.parse(path, location.origin);
  return url?.origin === location.origin && path.startsWith('/') && !path.startsWith('//') ? url.pathname + url.search : '/';
}

/** Lets plain links of the app move without loading a page; anything unusual is the browser's. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.target || link.hash || link.hasAttribute('download') || /^\/(login|staff|open|accessibility|effect)(\/|$)/.test(link.pathname)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
