import { answersToKeep } from './form.ts';

/**
 * What somebody with a link and no login has typed: over a reload or a wrong tap it stays in this tab alone, and nowhere
 * once it is sent. It lies under the digest of the link's code, so that another link in this tab finds nothing.
 */
export type Typed = Record<string, string>;

const MARK = 'typed ';

/** null: this browser makes no digests here, and nothing is kept. */
export async function shelfOf(code: string): Promise<string | null> {
  if (!code || !globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code));
  return MARK + [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function readTyped(shelf: string | null): Typed {
  const told: unknown = JSON.parse((shelf && sessionStorage.getItem(shelf)) || '{}');
  const each = told && typeof told === 'object' ? Object.entries(told) : [];
  return Object.fromEntries(each.filter((one): one is [string, string] => typeof one[1] === 'string'));
}

/** An answer that holds an individual number stays on the screen alone. */
export function keepTyped(shelf: string | null, typed: Typed): void {
  if (shelf) sessionStorage.setItem(shelf, JSON.stringify(answersToKeep(typed)));
}

export function forgetTyped(shelf: string | null): void {
  if (shelf) sessionStorage.removeItem(shelf);
}
