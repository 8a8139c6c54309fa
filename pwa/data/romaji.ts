/** Japanese written in Latin letters, the Hepburn way and others (hojo, hojyo, kougaku), read as kana. */

const VOWELS = 'aiueo';
const ROWS: Record<string, string> = {
  '': 'あいうえお', k: 'かきくけこ', s: 'さしすせそ', t: 'たちつてと', n: 'なにぬねの', h: 'はひふへほ', m: 'まみむめも', r: 'らりるれろ',
  g: 'がぎぐげご', z: 'ざじずぜぞ', d: 'だじずでど', b: 'ばびぶべぼ', p: 'ぱぴぷぺぽ', y: 'やいゆえよ', w: 'わいうえお',
};
/** し with や is しゃ; the small letter is written large, as `fold` leaves it. */
const JOINED: Record<string, string> = {
  sh: 'し', sy: 'し', ch: 'ち', ty: 'ち', j: 'じ', jy: 'じ', zy: 'じ', ky: 'き', gy: 'ぎ', ny: 'に', hy: 'ひ', by: 'び', py: 'ぴ', my: 'み', ry: 'り',
};
const SYLLABLE = /^(?:(sh|ch|ts|[stjzkgnhbpmr]y|[kstnhmrgzdbpywjf])?([aiueo])|(n)(?![aiueoy])|([kstpcgdbz])(?=\4|ch))/;

/** The kana of a word in Latin letters; none for one that is no Japanese. */
export function kanaOf(word: string): string | undefined {
  let kana = '';
  for (let rest = word; rest !== '';) {
    const found = SYLLABLE.exec(rest);
    if (!found) return undefined;
    const [all, consonant = '', vowel, n] = found;
    kana += vowel ? syllable(consonant, VOWELS.indexOf(vowel)) : n ? 'ん' : '';
    rest = rest.slice(all.length);
  }
  return kana;
}

function syllable(consonant: string, vowel: number): string {
  const joined = JOINED[consonant];
  if (joined !== undefined) return joined + (vowel === 1 ? '' : 'やいゆえよ'[vowel] ?? '');
  if (consonant === 'f' || consonant === 'ts') {
    return (consonant === 'f' ? 'ふ' : 'つ') + (vowel === 2 ? '' : 'あいうえお'[vowel] ?? '');
  }
  return ROWS[consonant]?.[vowel] ?? '';
}
