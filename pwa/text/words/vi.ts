import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': 'Vui lòng chọn ngôn ngữ bạn muốn đọc',
  'words.offerLater': 'Bạn có thể thay đổi bất cứ lúc nào trong phần cài đặt.',
  'words.shownIn': 'Trang này được hiển thị bằng {language}.',
  'words.keep': 'Luôn đọc bằng {language}',
  'words.goBack': 'Trở lại {language}',
  'words.fallBack': 'Khi chưa có bản dịch sang ngôn ngữ của bạn, hiển thị bằng',
  'words.inOther': 'Hiển thị bằng {language}',
  'words.furigana': 'Hiển thị cách đọc trên chữ Hán (furigana)',
  'aloud.pause': 'Tạm dừng',
  'aloud.goOn': 'Tiếp tục',
  'aloud.noVoice': 'Điện thoại này không có giọng đọc {language}. Bạn có thể thêm trong phần cài đặt của điện thoại.',
};
