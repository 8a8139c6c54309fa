/** What a correction changed, sentence by sentence: pure. */

export type Piece = { kind: 'same' | 'gone' | 'new'; text: string };

/** Sentences with what ends them, and lines of their own; a full stop ends one only before a space, as 10.5 has one too. */
const sentences = (text: string): string[] => text.match(/(?:[^。！？!?\n.]|\.(?!\s|$))*(?:[。！？!?]+|\.|\n+|$)/g)?.filter((one) => one.trim() !== '') ?? [];

/** In the order of the new text; what is gone stands where it stood. The longest run of sentences in common stays. */
export function changesBetween(before: string, after: string): Piece[] {
  const [old, now] = [sentences(before), sentences(after)];
  const common = table(old, now);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && alike(old[i], now[j])) {
      pieces.push({ kind: 'same', text: now[j] ?? '' });
      i++;
      j++;
    } else if (j >= now.length || (i < old.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      pieces.push({ kind: 'gone', text: old[i++] ?? '' });
    } else pieces.push({ kind: 'new', text: now[j++] ?? '' });
  }
  return pieces;
}

const alike = (one: string | undefined, other: string | undefined): boolean => one?.trim() === other?.trim();

/** How many sentences the ends of both texts have in common, from each place of both. */
function table(old: string[], now: string[]): number[][] {
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const row = common[i];
      const below = common[i + 1];
      if (row && below) row[j] = alike(old[i], now[j]) ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return common;
}
