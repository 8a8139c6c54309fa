const CARRIED = 'carried';

/** A link may be opened before the login: its code waits in this tab alone until the page is there. */
export function takeCarriedCode(): string {
  const code = location.hash.slice(1) || sessionStorage.getItem(CARRIED) || '';
  sessionStorage.removeItem(CARRIED);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return code;
}

export function holdCarriedCode(): void {
  if (location.pathname === '/carry' && location.hash) sessionStorage.setItem(CARRIED, location.hash.slice(1));
}

const INVITATION = 'invitation';

/** A link may be opened before the login: its code waits in this tab, and nowhere else, until the page is there. */
export function takeCode(): string {
  const code = location.hash.slice(1) || sessionStorage.getItem(INVITATION) || '';
  sessionStorage.removeItem(INVITATION);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return code;
}

/** Called wherever a link may arrive: the login would lose what stands after the #. */
export function holdCode(): void {
  if (['/family/join', '/school/join'].includes(location.pathname) && location.hash) sessionStorage.setItem(INVITATION, location.hash.slice(1));
}
