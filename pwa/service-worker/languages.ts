import { isWritten, type Language } from '../text/languages.ts';

/** The texts of ten languages would be a weight on every phone: three lie with the shell, hers beside it, and another is
 * kept from when she first reads it. So are readings above kanji, and phrases where the browser finds none. */

const CACHE = 'languages';
const TEXTS = /^\/assets\/text-([\w-]+)-(first|door|rest|readings|phrases)-/;
/** How her Japanese is written besides. */
const DRESS: readonly string[] = ['readings', 'phrases'];

const told = (path: string) => {
  const [, language, part] = TEXTS.exec(path) ?? [];
  return language !== undefined && part !== undefined ? { language, part } : null;
};
const isDress = (path: string): boolean => DRESS.includes(told(path)?.part ?? '');

/** Texts that do not lie with the shell. */
export const isOfOne = (path: string): boolean => {
  const text = told(path);
  return text !== null && (isDress(path) || !isWritten(text.language as Language));
};

/** Puts her language beside the shell, and the dress her page wears or wore in the version before. */
export async function keepHers(files: readonly string[], language: Language, dress: string | null = null): Promise<void> {
  const cache = await caches.open(CACHE);
  const worn = [dress, ...(await cache.keys()).map((request) => told(new URL(request.url).pathname)?.part)];
  const isHers = (file: string) => (isDress(file) ? worn.includes(told(file)?.part) : told(file)?.language === language);
  for (const file of files.filter((one) => isOfOne(one) && isHers(one))) {
    if (!(await cache.match(file))) await cache.add(file);
  }
}

/** From this phone, else from the network and kept. */
export async function texts(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // She reads it all the same where the phone has no room for it.
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => undefined);
  return answer;
}

/** What an earlier version of the app said. */
export async function forgetOthers(files: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    if (!files.includes(new URL(request.url).pathname)) await cache.delete(request);
  }
}
