import { bigrams, fold } from './fold.ts';

/** A page of the search as far as it is asked here: what it says, and whether it speaks of the words in a group. */
export type Told = { marks: ReadonlyMap<string, number>; phrases: readonly { folded: string }[] };
export type Alike<Page> = { members: readonly string[]; worth: ReadonlyMap<Page, number> };

/** Shorter words in katakana have to be there as they are: their halves are in too many others. */
const FEW = 4;
const LONG = 4;

/**
 * Words that name one matter as a whole: 生活保護 is neither 生活 nor 保護, and チャイルドシート no チャイルド. What is done
 * with a matter (申請, 変更) is no part of its name.
 */
export function compounds(question: string, acts: readonly string[]): string[] {
  const text = question.normalize('NFKC');
  const chinese = (text.match(/[\p{Script=Han}々]+/gu) ?? [])
    .flatMap((run) => acts.reduce((rest, act) => rest.replaceAll(act, ' '), run).split(' '));
  const katakana = text.match(/[\p{Script=Katakana}ー]+/gu) ?? [];
  return [...chinese, ...katakana].filter((word) => word.length >= LONG).map(fold);
}

/** Whether a page speaks of two thirds of the word, itself or in words of the same meaning. */
export function covers<Page extends Told>(page: Page, word: string, groups: readonly Alike<Page>[]): boolean {
  const letters = new Set<number>();
  const found = (from: number, length: number) => Array.from({ length }, (_, at) => letters.add(from + at));
  const kana = /^[ぁ-ん]+$/.test(word);
  if (!kana || word.length > FEW) bigrams(word).forEach((mark, at) => page.marks.has(mark) && found(at, 2));
  else if (page.phrases.some(({ folded }) => folded.includes(word))) return true;
  for (const { members, worth } of groups) {
    if (!worth.has(page)) continue;
    for (const member of members) if (member.length > 1 && word.includes(member)) found(word.indexOf(member), member.length);
  }
  return letters.size * 3 >= word.length * 2;
}
