/** What becomes of an application after it was sent. やさしい日本語 is written first, as in easy.ts. */
export const cases = {
  'app.WAITING': 'ほかの 人を 待っています',
  'app.QUEUED': '区に 送っています',
  'app.RECEIVED': '区が 受け取りました',
  'app.CHECKING': '区が 見ています',
  'app.SENT_BACK': '直すところが あります',
  'app.DECIDED': '終わりました',
  'app.REJECTED': 'みとめられませんでした',
  'app.WITHDRAWN': 'とりさげました',
  'withdraw.open': 'この 申しこみを とりさげる',
  'withdraw.sure': '「{title}」を とりさげますか。',
  'withdraw.what': 'とりさげると、区は この 申しこみを 見ません。あとで もう一度 出す ことは できます。しめきりは かわりません。',
  'withdraw.told': 'もう 区に とどいて いる ときは、区に 知らせます。',
  'withdraw.do': 'とりさげる',
  'withdraw.keep': 'とりさげない',
  'withdraw.busy': 'とりさげて います',
  'withdraw.offline': 'インターネットが ないので、できませんでした。つながってから もう一度 して ください。',
};
