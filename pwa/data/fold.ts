/** Written forms made alike, so that kana, width, case and long vowels do not stand between a question and its answer. */

const SMALL: Record<string, string> = {
  ぁ: 'あ', ぃ: 'い', ぅ: 'う', ぇ: 'え', ぉ: 'お', ゃ: 'や', ゅ: 'ゆ', ょ: 'よ', ゎ: 'わ', ゕ: 'か', ゖ: 'け', ぢ: 'じ', づ: 'ず',
};
const KATAKANA_TO_HIRAGANA = 0x60;
const AFTER_O = /(?<=[おこそとのほもよろごぞどぼぽ])う|(?<=[おこと])お/g;
const AFTER_E = /(?<=[えけせてねへめれげぜでべぺ])い/g;

/** NFKC, lower case, hiragana without small letters; ー, っ and the second half of a long vowel fall away. */
export function fold(text: string): string {
  return text
    .normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/手当て/g, '手当')
    .replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - KATAKANA_TO_HIRAGANA))
    .replace(/[ー〜っ]/g, '')
    .replace(/[ぁぃぅぇぉゃゅょゎゕゖぢづ]/g, (letter) => SMALL[letter] ?? letter)
    .replace(AFTER_O, '')
    .replace(AFTER_E, '');
}

/** The pieces of a folded text: words of Latin letters or digits, runs of Japanese, and words of Hangul or Devanagari. */
export const pieces = (folded: string): string[] =>
  folded.replace(/(?<=[a-z])['’](?=[a-z])/g, '')
    .match(/[a-z]+|[0-9]+|[\p{Script=Han}\p{Script=Hiragana}々〆]+|\p{Script=Hangul}+|[\p{Script=Devanagari}\u200c\u200d]+/gu) ?? [];

export const isJapanese = (piece: string): boolean => !/^[a-z0-9]/.test(piece);
/** Korean or Nepali: like Japanese a word may have an ending, so it is found within. The catalogue's own texts have none. */
export const isForeign = (piece: string): boolean => /^[\p{Script=Hangul}\p{Script=Devanagari}]/u.test(piece);

/** Every two neighbouring characters; a single one stands for itself. */
export const bigrams = (run: string): string[] => {
  const letters = [...run];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
};

/** How alike a typed word and a known one are, from 0 to 1: the same, its beginning, another ending, one or two slips. */
export function likeness(typed: string, known: string): number {
  if (typed === known) return 1;
  if (/^[0-9]/.test(typed)) return 0;
  if (typed.length >= 3 && known.startsWith(typed)) return 0.85;
  if (known.length >= 4 && typed.startsWith(known)) return 0.8;
  const allowed = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
  if (allowed === 0 || typed[0] !== known[0]) return 0;
  const slips = distance(typed, known, allowed);
  return slips > allowed ? 0 : 0.8 - 0.2 * slips;
}

/** Letters to change, add, leave out or swap with the next; more than `most` is only known to be more. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      next.push(swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? most + 1;
}
