import type { Texts } from './easy.ts';

export const texts: Texts = {
  'benefits.title': '受けられる手当・支援',
  'benefits.lead': 'ご家族が受けられる可能性のある手当・支援です。締め切りの近い順に並んでいます。',
  'benefits.empty': '今はありません。',
  'benefits.now': '今申し込めます',
  'benefits.ask': '質問に答えるとわかります',
  'benefits.oneAnswer': '1つの質問に答えると分かります：「{question}」',
  'benefits.soon': 'これから申し込めます',
  'benefits.sent': '申請中',
  'benefits.have': '受けています・済み',
};
