import type { Texts } from './easy.ts';

export const texts: Texts = {

  'benefits.title': 'Tiền và hỗ trợ có thể nhận',
  'benefits.lead': 'Những gì gia đình bạn có thể được nhận. Mục sắp hết hạn ở trên.',
  'benefits.empty': 'Hiện không có.',
  'benefits.now': 'Có thể xin ngay',
  'benefits.ask': 'Bạn trả lời thì sẽ biết',
  'benefits.oneAnswer': 'Trả lời 1 câu hỏi thì sẽ biết: “{question}”',
  'benefits.soon': 'Sẽ xin được sau',
  'benefits.sent': 'Đã xin',
  'benefits.have': 'Đang nhận hoặc đã xong',
};
