import type { Texts } from './easy.ts';

export const texts: Texts = {
  'benefits.title': '可領取的津貼、支援',
  'benefits.lead': '這是您的家庭可能可以領取的津貼與支援。依截止日由近到遠排列。',
  'benefits.empty': '目前沒有。',
  'benefits.now': '現在可以申請',
  'benefits.ask': '回答問題後即可得知',
  'benefits.oneAnswer': '回答1個問題即可得知：「{question}」',
  'benefits.soon': '之後可以申請',
  'benefits.sent': '申請中',
  'benefits.have': '領取中、已完成',
};
