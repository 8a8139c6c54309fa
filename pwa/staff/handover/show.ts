import type { Claims, Clock, Person, Refused } from './verify.ts';

/** Names of wards by code, and of what a move changes by the sheet's codes. */
export type Words = { wards: Record<string, string>; items: Record<string, string> };

const WHY: Record<Refused, string> = {
  unreadable: '引っ越しシートとして読めません。画面の明るさを上げて、もう一度読み取ってください。',
  unknownKey: 'この端末にない鍵で署名されています。通信できるところでこのページを開き直すと、新しい鍵を受け取ります。',
  seal: '署名が正しくありません。内容が書き換えられているか、くらしまどのシートではありません。使わないでください。',
  life: 'シートの有効期間が決まりと合いません。使わないで、ご本人に新しいQRを作ってもらってください。',
  expired: '有効期限が切れています。ご本人に、画面で新しいQRを作ってもらってください。',
  early: 'この端末の時計が遅れているようです。時計を合わせて、もう一度読み取ってください。',
  ward: 'ほかの区あてのシートです。',
  used: 'このシートは、この端末ですでに読み取っています。同じものは二度使えません。',
};

/** The refusal in a sentence, for another ward with its name. */
export const whyRefused = (refused: Refused, claims: Claims | undefined, words: Words): string =>
  refused === 'ward' && claims ? `${WHY.ward}（${words.wards[claims.aud] ?? claims.aud}あて）` : WHY[refused];

/** The sheet is taken, and the official is told of the clock. */
export const CLOCK: Record<Clock, string> = {
  ahead: '有効期限を過ぎたばかりです。この端末の時計が進んでいるかもしれません。時計を確かめてください。',
  behind: 'この端末の時計が少し遅れているようです。時計を確かめてください。',
};

/** 2026年12月18日 */
export const day = (written: string): string => {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(written);
  return parts ? `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日` : written;
};

/** 平成2年（1990年）5月2日, as papers have it. */
export const birthday = (written: string): string => {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(written);
  if (!parts) return written;
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { timeZone: 'UTC', era: 'long', year: 'numeric' });
  return day(written).replace(/^\d+年/, (year) => `${era.format(new Date(`${parts[1]}-${parts[2]}-${parts[3]}`))}（${year}）`);
};

/** Two letters a code; one that this device does not know yet is shown as it is. */
export const named = (codes: string, words: Words): string[] =>
  (codes.match(/.{2}/g) ?? []).map((code) => words.items[code] ?? code);

/** What is done at this counter; an `if` is not written on the sheet, so for somebody there may be nothing. */
export const listed = (codes: string, words: Words): string => named(codes, words).join('、') || '記載なし（条件によるものは載りません）';

/** The sheet in plain Japanese. */
export function sheet(claims: Claims, words: Words): HTMLElement[] {
  const until = new Date(claims.exp * 1000).toLocaleTimeString('ja-JP', { hour: '2-digit', minute: '2-digit' });
  return [
    make('h2', '正しいシートです'),
    facts([
      ['引っ越し元', words.wards[claims.from] ?? claims.from],
      ['引っ越し先', words.wards[claims.aud] ?? claims.aud],
      ['予定日', day(claims.on)],
      ['有効期限', until],
      ['世帯', listed(claims.all, words)],
    ]),
    people(claims.who, words),
    make('p', '本人確認書類で、氏名と生年月日を確かめてください。このシートは本人確認の代わりにはなりません。'),
  ];
}

function people(who: Person[], words: Words): HTMLElement {
  const table = make('table');
  table.append(row('th', ['氏名', '生年月日', 'この窓口ですること']));
  for (const [name, born, codes] of who) table.append(row('td', [name, birthday(born), listed(codes, words)]));
  return table;
}

function facts(pairs: [string, string][]): HTMLElement {
  const list = make('dl');
  for (const [term, value] of pairs) list.append(make('dt', term), make('dd', value));
  return list;
}

function row(cell: 'th' | 'td', texts: string[]): HTMLElement {
  const line = make('tr');
  line.append(...texts.map((text) => make(cell, text)));
  return line;
}

export function make(tag: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
