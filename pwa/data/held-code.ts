const SHELF = 'carried';

/** A link may be opened before the login: its code waits in this tab alone until the page is there. */
export function takeCarriedCode(): string {
  const code = location.hash.slice(1) || sessionStorage.getItem(SHELF) || '';
  sessionStorage.removeItem(SHELF);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return code;
}

export function holdCarriedCode(): void {
  if (location.pathname === '/carry' && location.hash) sessionStorage.setItem(SHELF, location.hash.slice(1));
}
