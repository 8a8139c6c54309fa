import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': 'お読みになる言語をお選びください',
  'words.offerLater': '設定でいつでも変更できます。',
  'words.shownIn': 'このページは{language}で表示しています。',
  'words.keep': '今後も{language}で読む',
  'words.goBack': '{language}に戻す',
  'words.fallBack': 'お読みの言語に訳されていない文の表示',
  'words.inOther': '{language}で表示しています',
  'words.furigana': '漢字にふりがなを付ける',
  'aloud.pause': '一時停止',
  'aloud.goOn': '再開する',
  'aloud.noVoice': 'この端末には{language}の音声がありません。端末の設定で音声を追加すると、お聞きになれます。',
};
