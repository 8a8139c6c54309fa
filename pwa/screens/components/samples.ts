import type { Field, Source, Step } from '../../data/shapes.ts';

/** What the page of parts shows them with: made up, of nobody, and never sent. */
const AT = '2026-11-20T00:10:00Z';
const said = (ja: string, easy: string, en: string) => ({ ja, easy, en });

export const WORDS = {
  title: said('部品', 'ぶひん', 'Parts'),
  lead: said('画面を作る部品を、すべての状態で並べています。下の「表示」で配色と文字の大きさを変えられます。',
    '画面の ぶひんです。色と 文字の 大きさを かえられます。', 'The parts of every screen, each in every state. Colours and text size change below.'),
  states: said('状態', 'ようす', 'States'),
  empty: said('お知らせはありません。', 'おしらせは ありません。', 'No notices.'),
  offline: said('オフラインです。保存した内容を表示しています。', 'インターネットに つながって いません。', 'You are offline. This is what was kept.'),
  failed: said('読み込めませんでした。入力した内容は残っています。', 'よめませんでした。書いたものは のこって います。', 'It could not be loaded. What you wrote is kept.'),
  denied: said('受け付けられませんでした', 'うけつけられませんでした', 'Not accepted'),
  deniedWhy: said('期限を過ぎています。窓口でご相談ください。', '日にちが すぎて います。まどぐちで 聞いて ください。', 'The last day has passed. Please ask at the counter.'),
  done: said('送信しました。', '送りました。', 'Sent.'),
  undone: said('1件を片付けました。', '1つ かたづけました。', '1 put away.'),
  buttons: said('ボタン', 'ボタン', 'Buttons'),
  send: said('送信する', '送る', 'Send'),
  cards: said('カードと印', 'カードと しるし', 'Cards and badges'),
  form: said('入力', '書く ところ', 'Form'),
  pictures: said('絵とアイコン', 'え', 'Pictures and icons'),
  lists: said('一覧', 'リスト', 'Lists'),
  wrong: said('電話番号は数字で入力してください。', '電話番号は 数字で 書いて ください。', 'Enter the telephone number in digits.'),
} as const;

const STEP: Step = {
  id: 'child_allowance_claim:sample', procedure: 'child_allowance_claim', subject: { id: 'sample', name: 'みお' }, state: 'DUE',
  due: '2026-12-01', opens: null, daysLeft: 4, law: null, operator: 'WARD', channel: 'HERE', asOf: AT, gaps: [],
  name: said('児童手当の認定請求', 'じどうてあての もうしこみ', 'Claim of child allowance'),
  officialName: said('児童手当 認定請求', 'じどうてあて', 'Child allowance'),
  because: said('お子さんが生まれたため', '赤ちゃんが 生まれたから', 'because your child was born'),
  late: null, operatorName: said('港区', '港区', 'Minato'), how: said('この画面から', 'この 画面から', 'From here'),
  known: [], asks: [], category: 'BENEFIT', after: [], unlocks: [], hasParts: false, amount: null, form: null, application: null,
};
export const STEPS: readonly Step[] = [
  STEP,
  { ...STEP, id: 'open:sample', name: said('保育園の申込み', 'ほいくえんの もうしこみ', 'Nursery application'), state: 'OPEN', due: null, daysLeft: null, gaps: ['registry'] },
  { ...STEP, id: 'sent:sample', name: said('子どもの医療証', '子どもの いりょうしょう', 'Child medical card'), state: 'SENT', due: null },
  { ...STEP, id: 'done:sample', name: said('出生届', '赤ちゃんの とどけ', 'Notice of birth'), state: 'DONE', due: null },
  { ...STEP, id: 'not-yet:sample', name: said('就学の手続き', '学校の 手つづき', 'Enrolment in school'), state: 'NOT_YET', opens: '2027-04-01', due: null },
];

const SOURCE: Source = {
  id: 'sample-registry', operator: 'WARD', state: 'KNOWN', asOf: AT, silentSince: null, name: said('住民記録', '住民の きろく', 'Resident register'),
  correction: said('', '', ''), why: null, shut: null, outage: null,
};
export const SOURCES: readonly Source[] = [
  SOURCE,
  { ...SOURCE, id: 'sample-waiting', state: 'WAITING', asOf: null },
  { ...SOURCE, id: 'sample-gap', state: 'GAP', silentSince: AT },
  { ...SOURCE, id: 'sample-not-asked', state: 'NOT_ASKED', asOf: null },
];

const FIELD: Field = {
  id: 'sample-phone', label: said('日中つながる電話番号', 'ひるま つながる 電話番号', 'Daytime telephone'), help: said('ハイフンなし', '数字だけ', 'Digits only'),
  kind: 'PHONE', required: true, maxLength: null, minDate: null, maxDate: null, term: null, choices: [], showIf: null, refuse: null, prefill: null, masked: false,
};
const YES_OR_NO = said('お子さんと同居していますか', '子どもと いっしょに 住んで いますか', 'Does the child live with you?');
export const FIELDS: readonly Field[] = [
  FIELD,
  { ...FIELD, id: 'sample-wrong' },
  { ...FIELD, id: 'sample-yes', kind: 'YES_NO', label: YES_OR_NO, help: null },
  { ...FIELD, id: 'sample-day', kind: 'DATE', required: false, label: said('引っ越した日', '引っこした 日', 'Day of the move'), help: null },
  { ...FIELD, id: 'sample-long', kind: 'LONG_TEXT', required: false, label: said('ほかに伝えたいこと', 'ほかに 言いたい こと', 'Anything else'), help: null },
];
