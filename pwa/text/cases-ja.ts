import type { cases as keys } from './cases-easy.ts';

export const cases: Record<keyof typeof keys, string> = {
  'app.WAITING': 'ほかの方の記入待ち',
  'app.QUEUED': '区へ送付中',
  'app.RECEIVED': '区が受領',
  'app.CHECKING': '審査中',
  'app.SENT_BACK': '差し戻し',
  'app.DECIDED': '処理完了',
  'app.REJECTED': '却下',
  'app.WITHDRAWN': '取下げ',
  'withdraw.open': 'この申請を取り下げる',
  'withdraw.sure': '「{title}」を取り下げますか。',
  'withdraw.what': '取り下げると、区はこの申請の審査をしません。あとからもう一度申請できますが、期限は変わりません。',
  'withdraw.told': 'すでに区に届いている場合は、取り下げたことを区へ知らせます。',
  'withdraw.do': '取り下げる',
  'withdraw.keep': '取り下げない',
  'withdraw.busy': '取り下げています',
  'withdraw.offline': '通信できないため、取り下げられませんでした。つながってからもう一度お試しください。',
};
