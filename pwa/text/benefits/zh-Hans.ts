import type { Texts } from './easy.ts';

export const texts: Texts = {
  'benefits.title': '可领取的津贴、支援',
  'benefits.lead': '这是您的家庭可能可以领取的津贴和支援。按截止日由近到远排列。',
  'benefits.empty': '现在没有。',
  'benefits.now': '现在可以申请',
  'benefits.ask': '回答问题后即可知道',
  'benefits.oneAnswer': '回答1个问题即可知道：“{question}”',
  'benefits.soon': '以后可以申请',
  'benefits.sent': '申请中',
  'benefits.have': '正在领取、已完成',
};
