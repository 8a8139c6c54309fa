/** The 12-digit 個人番号 must exist nowhere; this finds one in what she typed, before it is kept anywhere else. */

const DASHES = '\\-\\u2010-\\u2015\\u2212\\u30fc\\uff0d\\u00b7\\u30fb.,_/';
const RUN = new RegExp(`[0-9]+(?:[\\s${DASHES}]{1,3}[0-9]+)*`, 'g');

/** Twelve digits with a valid check digit, whole or in groups, half or full width. A longer unbroken number is left alone. */
export function containsIndividualNumber(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return [...plain.matchAll(RUN)].some(([run]) => runContains(run.match(/[0-9]+/g) ?? []));
}

function runContains(groups: string[]): boolean {
  return groups.some((_, start) => {
    let digits = '';
    for (const group of groups.slice(start)) {
      digits += group;
      if (digits.length >= 12) break;
    }
    return digits.length === 12 && checkDigit(digits.slice(0, 11)) === Number(digits[11]);
  });
}

/** The twelfth digit (平成26年総務省令85号5条): 11 less the weighted sum modulo 11; 0 when the rest is 0 or 1. */
export function checkDigit(firstEleven: string): number {
  const places = [...firstEleven].reverse().map((digit, index) => ({ digit: Number(digit), place: index + 1 }));
  const total = places.reduce((sum, { digit, place }) => sum + digit * (place <= 6 ? place + 1 : place - 5), 0);
  const rest = total % 11;
  return rest <= 1 ? 0 : 11 - rest;
}
