import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': 'Hiển thị',
  'look.theme': 'Màu sắc',
  'look.theme.auto': 'Theo điện thoại',
  'look.theme.light': 'Sáng',
  'look.theme.dark': 'Tối',
  'look.theme.contrast': 'Tương phản cao',
  'look.size': 'Cỡ chữ',
  'look.size.100': 'Bình thường',
  'look.size.125': 'Hơi lớn',
  'look.size.150': 'Lớn',
  'look.size.200': 'Rất lớn',
  'look.kept': 'Chỉ lưu trên thiết bị này.',
};
