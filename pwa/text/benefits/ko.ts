import type { Texts } from './easy.ts';

export const texts: Texts = {
  'benefits.title': '받을 수 있는 수당·지원',
  'benefits.lead': '가족이 받을 수 있는 수당·지원입니다. 마감이 가까운 순서입니다.',
  'benefits.empty': '지금은 없습니다.',
  'benefits.now': '지금 신청할 수 있습니다',
  'benefits.ask': '질문에 답하면 알 수 있습니다',
  'benefits.oneAnswer': '질문 1개에 답하면 알 수 있습니다: ‘{question}’',
  'benefits.soon': '앞으로 신청할 수 있습니다',
  'benefits.sent': '신청 중',
  'benefits.have': '받고 있음·완료',
};
