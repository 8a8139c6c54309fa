/**
 * Texts that carry how they are read, or where a line may break, in signs that nobody types: U+FFF9 kanji U+FFFA reading
 * U+FFFB (Unicode 23.8, interlinear annotation), and U+200B between phrases. What is told in another language than hers
 * stands between U+2068 and U+2069 (first strong isolate). `screens/ruby.ts` shows them.
 */
const OPEN = '\uFFF9';
const MIDDLE = '\uFFFA';
const CLOSE = '\uFFFB';
export const BREAK = '\u200B';
const BORROWED = /\u2068([^\u2069]*)\u2069/;
const READ = /\uFFF9([^\uFFFA]*)\uFFFA([^\uFFFB]*)\uFFFB/g;

export const isMarked = (text: string): boolean => text.includes(OPEN) || text.includes(BREAK) || BORROWED.test(text);

/** From what the build and the server write: [手続|てつづ]き. */
export const marked = (text: string): string =>
  text.replace(/\[([^[\]|]+)\|([^[\]|]+)\]/g, (_, kanji: string, reading: string) => OPEN + kanji + MIDDLE + reading + CLOSE);

/** Not in her language: a voice reads it in its own. */
export const borrowed = (text: string): string => (text === '' ? '' : `\u2068${text}\u2069`);

const bare = (text: string): string => text.replaceAll(BREAK, '').replace(/[\u2068\u2069]/g, '');

/** As it is written, for whatever is no screen: a title, a copy, a search. */
export const plain = (text: string): string => (isMarked(text) ? bare(text.replace(READ, '$1')) : text);

/** As it is said by a voice. */
export const spoken = (text: string): string => (isMarked(text) ? bare(text.replace(READ, '$2')) : text);

export type Piece = string | { kanji: string; reading: string } | { borrowed: string } | typeof BREAK_HERE;
export const BREAK_HERE = { breaks: true } as const;

/** What stands there in order: words, hers or not, kanji with their reading, and places where a line may break. */
export const pieces = (text: string): Piece[] =>
  text.split(BORROWED).flatMap((part, place): Piece[] => (place % 2 === 1 ? [{ borrowed: part }] : ownPieces(part)));

function ownPieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  const words = (upTo: number) => {
    const parts = text.slice(at, upTo).split(BREAK);
    parts.forEach((part, place) => {
      if (place > 0) found.push(BREAK_HERE);
      if (part !== '') found.push(part);
    });
  };
  for (const match of text.matchAll(READ)) {
    words(match.index);
    found.push({ kanji: match[1] ?? '', reading: match[2] ?? '' });
    at = match.index + match[0].length;
  }
  words(text.length);
  return found;
}
