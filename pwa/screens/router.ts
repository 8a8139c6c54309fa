import { useEffect, useState } from 'preact/hooks';

/** The app's own small router on the History API. A place is a path with its query. */
export type Place = { path: string; query: URLSearchParams };

const ears = new Set<() => void>();
const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });

/** Goes to a place of the app; `replace` leaves no step back. */
export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  ears.forEach((ear) => ear());
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const ear = () => setPlace(here());
    ears.add(ear);
    addEventListener('popstate', ear);
    return () => {
      ears.delete(ear);
      removeEventListener('popstate', ear);
    };
  }, []);
  return place;
}

/** The public catalogue, and what works without a network, are shown to whoever opens them. */
const OPEN_TO_ALL = /^\/(search|events|procedure|facilities|help-offline|verify|task|handed-over|finish-login|code)(\/|$)/;
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
    if (link.origin !== location.origin || link.target || link.hash || link.hasAttribute('download') || /^\/(login|staff|open)/.test(link.pathname)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
