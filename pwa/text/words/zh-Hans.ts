import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': '请选择您想阅读的语言',
  'words.offerLater': '您可以随时在设置中更改。',
  'words.shownIn': '此页面以{language}显示。',
  'words.keep': '以后都用{language}阅读',
  'words.goBack': '返回{language}',
  'words.fallBack': '没有您的语言译文时，显示',
  'words.inOther': '以{language}显示',
  'words.furigana': '在汉字上方显示读音（振假名）',
  'aloud.pause': '暂停',
  'aloud.goOn': '继续',
  'aloud.noVoice': '此手机没有{language}的语音。您可以在手机设置中添加。',
};
