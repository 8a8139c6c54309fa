/**
 * The 12-digit 個人番号 must exist nowhere; this finds one in what she typed, before it is kept anywhere else.
 * The house has the same rules in `life_events/individual_number.py`; `tests/shape/individual_numbers.json` holds both.
 */

const LENGTH = 12;
const MOST_BETWEEN = 4;
const ONE_NUMBER = [1, 4, LENGTH];
const LONG_VOWELS = '\u30fc\uff70';
const BLANK_LETTERS = '\u115f\u1160\u3164\uffa0';
const UNSEEN = '\u200b';
const DIGIT = /^\p{Nd}$/u;

/**
 * Twelve decimal digits of any script with a valid check digit, whole or in groups. Only whole groups are put together;
 * groups of odd sizes only when one and the same sign parts them: a date beside a time is no number. `+81` is telephone.
 */
export function containsIndividualNumber(text: string): boolean {
  const plain = text.replace(/[^\x00-\x7f]/gu, plainOf).replace(/[+\uff0b]81/g, 'x');
  return candidates(plain).some((number) => checkDigit(number.slice(0, -1)) === Number(number.at(-1)));
}

/** Which of these fields hold one. */
export const numbersIn = (typed: Readonly<Record<string, string>>): string[] =>
  Object.entries(typed).filter(([, text]) => containsIndividualNumber(text)).map(([field]) => field);

/** The twelfth digit (平成26年総務省令85号5条): 11 less the weighted sum modulo 11; 0 when the rest is 0 or 1. */
export function checkDigit(firstEleven: string): number {
  const places = [...firstEleven].reverse().map((digit, index) => ({ digit: Number(digit), place: index + 1 }));
  const total = places.reduce((sum, { digit, place }) => sum + digit * (place <= 6 ? place + 1 : place - 5), 0);
  const rest = total % 11;
  return rest <= 1 ? 0 : 11 - rest;
}

/** A letter beyond ASCII as the search reads it; a digit in a circle or raised stands by itself, as in ①1234. */
function plainOf(letter: string): string {
  if (LONG_VOWELS.includes(letter)) return '-';
  if (BLANK_LETTERS.includes(letter) || /^[\p{Cf}\p{Mn}\p{Me}]$/u.test(letter)) return UNSEEN;
  const digit = letter.normalize('NFKC');
  if (!DIGIT.test(digit)) return letter;
  return DIGIT.test(letter) ? valueOf(digit) : ` ${valueOf(digit)} `;
}

/** Unicode keeps the decimal digits of a script together in tens, from nought on. */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** Every run of whole groups that has twelve digits and may be one number. */
function candidates(plain: string): string[] {
  const found = [...plain.matchAll(/[0-9]+/g)];
  const groups = found.map(([group]) => group);
  const signs = found.map((one, at) => signBetween(plain.slice(one.index + one[0].length, found[at + 1]?.index), at + 1 < found.length));
  return groups.flatMap((_, first) => {
    const run = runFrom(groups, signs, first);
    return run.join('').length === LENGTH && mayBeOne(run, signs.slice(first, first + run.length - 1)) ? [run.join('')] : [];
  });
}

function runFrom(groups: string[], signs: (string | null)[], first: number): string[] {
  let end = first;
  let length = groups[first]?.length ?? 0;
  while (length < LENGTH && signs[end] !== null) {
    end += 1;
    length += groups[end]?.length ?? 0;
  }
  return groups.slice(first, end + 1);
}

/** What parts two groups, without the space around it; empty when invisible. Null: they do not belong together. */
function signBetween(between: string, isBetween: boolean): string | null {
  const seen = between.replaceAll(UNSEEN, '').replace(/\s+/g, (white) => (white.includes('\n') ? '\n' : ' '));
  if (!isBetween || [...seen].length > MOST_BETWEEN || /[\p{L}\p{N}]/u.test(seen)) return null;
  return seen.trim() || seen;
}

function mayBeOne(groups: string[], signs: (string | null)[]): boolean {
  const sizes = new Set(groups.map((group) => group.length));
  const isOfOneSize = sizes.size === 1 && ONE_NUMBER.includes(groups[0]?.length ?? 0);
  return isOfOneSize || new Set(signs.filter((sign) => sign !== '')).size <= 1;
}
