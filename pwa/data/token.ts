/** Whatever changes something carries the token of its session (a double-submit cookie), so that no other page can. */

const HEADER = 'X-Kurashimado-Token';
const COOKIE = '__Host-token';
let told = '';

/** As `fetch` from our own origin; a page that is older than its session is told the new token and sends once more. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, withToken(init, (await kept()) || told));
  const fresh = answer.status === 403 ? answer.headers.get(HEADER) : null;
  if (!fresh) return answer;
  told = fresh;
  return fetch(path, withToken(init, fresh));
}

/** For what cannot use `fetch`, such as an upload that shows how far it is. */
export const tokenHeader = async (): Promise<[string, string]> => [HEADER, (await kept()) || told];

function withToken(init: RequestInit, token: string): RequestInit {
  return { ...init, headers: { ...(init.headers as Record<string, string>), [HEADER]: token } };
}

type CookieStore = { get(name: string): Promise<{ value?: string } | null> };

/** In a page from its cookies; a service worker has them where the browser has a cookie store. */
async function kept(): Promise<string> {
  if (typeof document !== 'undefined') return /(?:^|; )__Host-token=([^;]*)/.exec(document.cookie)?.[1] ?? '';
  const { cookieStore } = globalThis as { cookieStore?: CookieStore };
  return (await cookieStore?.get(COOKIE).catch(() => null))?.value ?? '';
}
