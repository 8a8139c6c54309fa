import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': '請選擇您想閱讀的語言',
  'words.offerLater': '您可以隨時在設定中更改。',
  'words.shownIn': '此頁面以{language}顯示。',
  'words.keep': '以後都用{language}閱讀',
  'words.goBack': '返回{language}',
  'words.fallBack': '沒有您的語言譯文時，顯示',
  'words.inOther': '以{language}顯示',
  'words.furigana': '在漢字上方顯示讀音（振假名）',
  'aloud.pause': '暫停',
  'aloud.goOn': '繼續',
  'aloud.noVoice': '此手機沒有{language}的語音。您可以在手機設定中新增。',
};
