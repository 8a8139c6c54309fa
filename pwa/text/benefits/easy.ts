export const texts = {
  'benefits.title': 'もらえる お金・手つだい',
  'benefits.lead': 'あなたの 家族が もらえるかもしれない ものです。はやく おわる ものが 上に あります。',
  'benefits.empty': 'いま ありません。',
  'benefits.now': 'いま 申しこめます',
  'benefits.ask': 'こたえると わかります',
  'benefits.oneAnswer': '1つの 質問に こたえると わかります：「{question}」',
  'benefits.soon': 'これから 申しこめます',
  'benefits.sent': '申しこみました',
  'benefits.have': 'もう もらっています',
} as const;

export type Texts = Record<keyof typeof texts, string>;
