/** Languages, readings and reading aloud. */
export const texts = {
  'words.offer': '読む ことばを えらんで ください',
  'words.offerLater': 'せっていで いつでも かえられます。',
  'words.shownIn': 'この ページは {language}で 書いて あります。',
  'words.keep': 'これからも {language}で 読む',
  'words.goBack': '{language}に もどす',
  'words.fallBack': 'あなたの ことばで 書いて いない ところは、この ことばで 読みます',
  'words.inOther': '{language}で 書いて あります',
  'words.furigana': '漢字に ふりがなを つける',
  'aloud.pause': 'すこし 休む',
  'aloud.goOn': 'つづける',
  'aloud.noVoice': 'この スマホには {language}の 声が ありません。スマホの せっていで 声を 入れると、聞く ことが できます。',
} as const;

export type Texts = Record<keyof typeof texts, string>;
