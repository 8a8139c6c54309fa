import { compounds, covers } from './compounds.ts';
import { bigrams, fold, isForeign, isJapanese, likeness, pieces } from './fold.ts';
import { kanaOf } from './romaji.ts';

/** Finds procedures by everyday words on the device, by /open/search.json (infra/catalogue); bff/public/search follows it line by line. */

type Names = readonly [ja: string, easy: string, en: string];
export type Entry = {
  id: string; name: Names; official: Names; operator: string;
  kana?: string; words?: readonly string[]; text?: readonly string[]; law?: string;
};
export type SearchIndex = {
  version: string;
  entries: readonly Entry[];
  events: readonly { id: string; name: Names; procedures: readonly string[] }[];
  fillers: readonly string[];
  /** What people look for in vain: what is said in words of ours and yet is none of our matters. */
  elsewhere?: readonly string[];
  /** What is done with any matter: no matter of its own. */
  acts?: readonly string[];
  /** Groups of words: who says one of `deeds` (lost, renew) or `turns` (died) is answered only by what speaks of it. */
  deeds?: readonly (readonly string[])[];
  turns?: readonly (readonly string[])[];
  synonyms: readonly (readonly string[])[];
};

/** What a match is worth by where it stands. */
const WORTH = { name: 1, official: 0.95, kana: 0.95, words: 0.85, law: 0.4, text: 0.35 } as const;
const SYNONYM = 0.8;
const EVENT = 0.2;
const PHRASE = 0.6;
/**
 * A word the catalogue does not know counts as if so much of it knew it. A Latin word or two Chinese characters are a
 * matter of their own, so a question about something else is told from ours; kana may be an ending.
 */
const UNKNOWN = { matter: 0.05, kana: 0.2 } as const;
/** A known word is counted with its group, its beginnings and its slips: an unknown one has to stand up to all of that. */
const UNKNOWN_WORD = 3;
const MATTER = /^(?:[a-z0-9]+|\p{Script=Han}{2})$/u;
/** A part of the question counts as met from here on; whoever meets all parts stands before who meets one part well. */
const MET = 0.2;
const MEETING = 0.4;
/** Of a few kana more than half have to be there: two of them in a row are in many words. */
const FEW = 5;
/** A weaker match is no answer; nor is one far below the best. */
const LEAST = 0.25;
const LEAST_OF_BEST = 0.3;

type Phrase = { said: string[]; folded: string; worth: number };
/** One procedure or life event, ready: its phrases, and what each bigram or word is worth in it. */
type Page = { phrases: Phrase[]; marks: Map<string, number> };
type Group = { members: string[]; worth: Map<Page, number>; kind: 'deed' | 'turn' | 'plain' };
export type Searcher = {
  index: SearchIndex; pages: Page[]; events: Page[]; groups: Group[]; fillers: string[]; known: Map<string, number>;
};

export function prepare(index: SearchIndex): Searcher {
  const pages = index.entries.map((entry) => page([
    ...entry.name.map((text) => [text, WORTH.name] as const),
    ...entry.official.map((text) => [text, WORTH.official] as const),
    [entry.kana ?? '', WORTH.kana],
    ...(entry.words ?? []).map((text) => [text, WORTH.words] as const),
    ...(entry.text ?? []).map((text) => [text, WORTH.text] as const),
    [entry.law ?? '', WORTH.law],
  ]));
  const events = index.events.map((event) => page(event.name.map((text) => [text, WORTH.name] as const)));
  const known = new Map<string, number>();
  for (const { marks } of pages) for (const mark of marks.keys()) known.set(mark, (known.get(mark) ?? 0) + 1);
  const all = [...pages, ...events];
  const groups = [
    ...index.synonyms.map((words) => group(words.map(fold), all, 'plain')),
    ...(index.deeds ?? []).map((words) => group(words.map(fold), all, 'deed')),
    ...(index.turns ?? []).map((words) => group(words.map(fold), all, 'turn')),
  ];
  const fillers = index.fillers.map(fold).sort((one, other) => other.length - one.length);
  return { index, pages, events, groups, fillers, known };
}

/** The best answers first; none for an empty question or one about something else. */
export function search(searcher: Searcher, question: string, most = 20): Entry[] {
  const asked = understand(searcher, question);
  if (!asked?.terms.length) return [];
  const events = searcher.events.map((event) => worthOf(asked, event));
  const found = searcher.index.entries.map((entry, at) => {
    const page = searcher.pages[at];
    return { entry, worth: page ? worthOf(asked, page) + EVENT * ofEvents(searcher, events, entry.id) : 0 };
  });
  const best = Math.max(...found.map(({ worth }) => worth));
  return found
    .filter(({ worth }) => worth >= LEAST && worth >= best * LEAST_OF_BEST)
    .sort((one, other) => other.worth - one.worth)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** What the question says that is none of our matters, in the words of the index. */
export const saidOfElsewhere = ({ index }: Searcher, question: string): string[] => {
  const said = pieces(fold(question));
  return (index.elsewhere ?? []).filter((one) => says(said, fold(one)));
};

/** A part of the question and how much a page says of it, from 0 to 1; `weight`: how telling it is. */
type Term = { weight: number; of: (page: Page) => number; kind: Group['kind'] };
/** `misses`: whether the page speaks of too little of a word that is one matter. */
type Asked = { whole: string; terms: Term[]; misses: (page: Page) => boolean };

function understand(searcher: Searcher, question: string): Asked | undefined {
  const elsewhere = saidOfElsewhere(searcher, question).map(fold);
  const folded = fold(question);
  const rest = elsewhere.reduce((rest, one) => rest.replaceAll(one, ' '), folded);
  const kept = withoutFillers(searcher, pieces(rest));
  if (elsewhere.length && !kept.some((piece) => isMatter(searcher, piece))) return undefined;
  const said = pieces(folded);
  const groups = heard(searcher, said);
  const words = compounds(question, searcher.index.acts ?? []).filter((word) => rest.includes(word))
    .map((word): Word => ({ word, missedBy: new Set(searcher.pages.filter((page) => !covers(page, word, groups))) }));
  return {
    whole: kept.map((piece) => meant(searcher, piece)).join(''),
    terms: [
      ...kept.flatMap((piece) => withoutWords(searcher, piece, groups, said))
        .map((piece) => (isJapanese(piece) ? ofRun(searcher, piece, words) : ofWord(searcher, piece))),
      ...groups.map((one) => ofGroup(searcher, one, words.filter(({ word }) => onlyIn(one, said, word)))),
    ],
    misses: (page) => words.some(({ missedBy }) => missedBy.has(page)),
  };
}

/** A word that is one matter, and the pages that speak of too little of it. */
type Word = { word: string; missedBy: ReadonlySet<Page> };

/** What the groups have heard whole is not asked a second time: a word of kana or of a phrase, and what is done with a thing. */
function withoutWords(searcher: Searcher, piece: string, groups: readonly Group[], said: string[]): string[] {
  const kana = isJapanese(piece) ? piece : inKana(searcher, piece) ?? '';
  if (/^[ぁ-ん]{4,}$/.test(kana) && groups.some(({ members }) => members.includes(kana))) return [];
  if (!isJapanese(piece) || isForeign(piece)) return !searcher.known.has(piece) && holds(groups, said, piece) ? [] : [piece];
  const heard = groups.flatMap(({ kind, members }) => members.filter((one) => kind === 'deed' || bigrams(one).every((mark) => !searcher.known.has(mark))));
  return heard.reduce((rest, one) => rest.replaceAll(one, ' '), piece).split(' ').filter((rest) => rest.length > 1);
}

/** Whether there is more in it than what is done with any matter: 更新 beside パスポート is no question of its own. */
function isMatter({ index, groups }: Searcher, piece: string): boolean {
  const deeds = groups.filter(({ kind }) => kind === 'deed').flatMap(({ members }) => members);
  const acts = [...(index.acts ?? []).map(fold), ...deeds].sort((one, other) => other.length - one.length);
  const rest = acts.reduce((rest, act) => rest.replaceAll(act, ''), piece);
  return /^\p{Script=Han}$|\p{Script=Han}{2}|[ぁ-ん]{3}|[a-z0-9]{2}/u.test(rest);
}

/** The groups the question speaks of. A short word inside a longer one of another group is not said: くるま in くるまいす. */
function heard(searcher: Searcher, said: string[]): Group[] {
  const all = [...said, ...said.flatMap((piece) => inKana(searcher, piece) ?? [])];
  const groups = searcher.groups.filter((one) => hears(one, all));
  const long = groups.flatMap(({ members }) => members.filter((member) => !isShort(member) && says(all, member)));
  const bare = all.map((piece) => long.reduce((rest, word) => rest.replaceAll(word, ' '), piece)).flatMap(pieces);
  return groups.filter((one) => one.members.some((member) => !isShort(member) && says(all, member)) || hears(one, bare));
}

/** Whether the group is heard in that word alone: 保険 in 失業保険. */
const onlyIn = (one: Group, said: string[], word: string): boolean => !hears(one, said.map((piece) => piece.replaceAll(word, ' ')));
const hears = ({ members }: Group, said: string[]): boolean => members.some((member) => says(said, member));
/** Whether it is of a phrase that a group was heard by: each of the two in “chuyển nhà”. */
const holds = (groups: readonly Group[], said: string[], piece: string): boolean => groups.some(({ members }) =>
  members.some((one) => (isForeign(piece) ? piece.includes(one) : says(said, one) && pieces(one).includes(piece))));

/** Polite endings and small words say nothing of the matter, unless they are all there is. */
function withoutFillers({ fillers }: Searcher, said: string[]): string[] {
  const kept = said.flatMap((piece) => isJapanese(piece)
    ? fillers.reduce((rest, filler) => (isJapanese(filler) ? rest.replaceAll(filler, ' ') : rest), piece).split(' ')
    : fillers.includes(piece) ? [] : [piece]);
  const telling = kept.filter((piece) => piece.length > 1 || /[\p{Script=Han}0-9]/u.test(piece));
  return telling.length ? telling : said.filter((piece) => piece.length > 1);
}

/** A Latin word nobody has written, read as Japanese; none where it is no Japanese. */
function inKana({ known }: Searcher, piece: string): string | undefined {
  const kana = isJapanese(piece) || piece.length < 4 || known.has(piece) ? undefined : kanaOf(piece);
  return kana && fold(kana);
}

function telling({ pages, known }: Searcher, mark: string): number {
  const unknown = MATTER.test(mark) ? UNKNOWN.matter : UNKNOWN.kana;
  return Math.log(1 + pages.length / (known.get(mark) ?? pages.length * unknown));
}

function ofRun(searcher: Searcher, run: string, words: readonly Word[] = []): Term {
  const marks = bigrams(run).map((mark) => [mark, telling(searcher, mark)] as const);
  const all = marks.reduce((sum, [, weight]) => sum + weight, 0);
  const few = /^\p{Script=Han}?[ぁ-ん]+$/u.test(run) && run.length <= FEW;
  return {
    kind: 'plain',
    weight: Math.max(...marks.map(([, weight]) => weight)),
    of: (page) => {
      if (run.length === 2 && SHORT_KANA.test(run) && !page.phrases.some(({ said }) => said.some((piece) => beginsIn(piece, run)))) return 0;
      const missed = words.filter(({ missedBy }) => missedBy.has(page));
      const here = marks.filter(([mark]) => page.marks.has(mark) && !missed.some(({ word }) => word.includes(mark)));
      if (few && here.length * 2 <= marks.length) return 0;
      return here.reduce((sum, [mark, weight]) => sum + weight * (page.marks.get(mark) ?? 0), 0) / all;
    },
  };
}

function ofWord(searcher: Searcher, word: string): Term {
  const alike = [...searcher.known.keys()]
    .map((mark) => [mark, isJapanese(mark) ? 0 : likeness(word, mark)] as const)
    .filter(([, like]) => like > 0);
  const weights = alike.map(([mark, like]) => like * telling(searcher, mark));
  const kana = inKana(searcher, word);
  const run = kana && !alike.length ? ofRun(searcher, kana) : undefined;
  return run ?? {
    kind: 'plain',
    weight: weights.length ? Math.max(...weights) : UNKNOWN_WORD * telling(searcher, word),
    of: (page) => Math.max(0, ...alike.map(([mark, like]) => like * (page.marks.get(mark) ?? 0))),
  };
}

/** The known word a slip of the finger was meant to be. */
function meant({ known }: Searcher, word: string): string {
  if (isJapanese(word) || known.has(word)) return word;
  const [best] = [...known.keys()]
    .map((mark) => ({ mark, like: isJapanese(mark) ? 0 : likeness(word, mark) }))
    .sort((one, other) => other.like - one.like);
  return best && best.like > 0 ? best.mark : word;
}

/** `within`: the words in which alone the group was heard; who does not speak of them does not speak of it. */
function ofGroup({ pages }: Searcher, { worth, kind }: Group, within: readonly Word[]): Term {
  const saying = pages.filter((page) => worth.has(page)).length;
  return {
    kind,
    weight: Math.log(1 + pages.length / Math.max(1, saying)),
    of: (page) => within.some(({ missedBy }) => missedBy.has(page)) ? 0 : SYNONYM * (worth.get(page) ?? 0),
  };
}

/** The share of the question a page speaks of, and more when they share a whole phrase. */
function worthOf({ whole, terms, misses }: Asked, page: Page): number {
  const all = terms.reduce((sum, { weight }) => sum + weight, 0);
  const each = terms.map(({ weight, of, kind }) => ({ weight, kind, told: of(page) }));
  if (each.some(({ kind, told }) => kind !== 'plain' && told === 0)) return 0;
  const things = each.filter(({ kind }) => kind !== 'deed');
  if (things.length && things.length < each.length && !things.some(({ told }) => told > WORTH.text)) return 0;
  const told = each.reduce((sum, { weight, told }) => sum + weight * told, 0);
  const met = each.reduce((sum, { weight, told }) => sum + (told > MET ? weight : 0), 0);
  const phrase = misses(page) ? 0 : Math.max(0, ...page.phrases.map(({ folded, worth }) => worth * overlap(whole, folded)));
  return (told / all) * (1 - MEETING + MEETING * met / all) + PHRASE * phrase;
}

/** 1 for the same; less, the smaller the part that one is of the other. */
function overlap(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length > 1 && long.includes(short) ? short.length / long.length : 0;
}

/** What is asked of a whole life event stands in the order of that event. */
function ofEvents({ index }: Searcher, worths: number[], id: string): number {
  return Math.max(0, ...index.events.map(({ procedures }, at) => {
    const place = procedures.indexOf(id);
    return place < 0 ? 0 : (worths[at] ?? 0) * (1 - place / procedures.length);
  }));
}

function page(texts: readonly (readonly [text: string, worth: number])[]): Page {
  const phrases: Phrase[] = [];
  const marks = new Map<string, number>();
  for (const [text, worth] of texts) {
    const said = pieces(fold(text));
    phrases.push({ said, folded: said.join(''), worth });
    for (const piece of said) {
      const found = isJapanese(piece) ? [...bigrams(piece), ...piece.match(/\p{Script=Han}/gu) ?? []] : [piece];
      for (const mark of found) marks.set(mark, Math.max(worth, marks.get(mark) ?? 0));
    }
  }
  return { phrases, marks };
}

function group(members: string[], pages: Page[], kind: Group['kind']): Group {
  const worth = new Map<Page, number>();
  for (const page of pages) {
    const worths = page.phrases.filter(({ said }) => members.some((member) => says(said, member)));
    if (worths.length) worth.set(page, Math.max(...worths.map((phrase) => phrase.worth)));
  }
  return { members, worth, kind };
}

/** Whether the pieces say the member of a group: a Latin one as words of its own, a Japanese one anywhere. */
const says = (said: string[], member: string): boolean => {
  const wanted = pieces(member);
  if (!wanted.some(isJapanese)) return ` ${said.join(' ')} `.includes(` ${wanted.join(' ')} `);
  const word = wanted.join('');
  if (ALONE.test(word)) return said.some((piece) => new RegExp(`(?<!\\p{Script=Han})${word}(?!\\p{Script=Han})`, 'u').test(piece));
  return SHORT_KANA.test(word) ? said.some((piece) => beginsIn(piece, word)) : said.join('').includes(word);
};

/** いぬ is no dog in せたいぬし, and 入れなくなった no death: such a word begins the piece or follows a particle. */
const SHORT_KANA = /^(?:[ぁ-ん]{1,3}|なく[ぁ-ん]*)$/;
/** 車 is no word in 自転車. */
const ALONE = /^\p{Script=Han}$/u;
const isShort = (word: string): boolean => ALONE.test(word) || SHORT_KANA.test(word);
const beginsIn = (piece: string, word: string): boolean =>
  piece.startsWith(word) || ['の', 'が', 'を', 'に', 'と', 'は', 'も', 'で'].some((particle) => piece.includes(particle + word));
