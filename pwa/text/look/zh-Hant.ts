import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': '顯示',
  'look.theme': '配色',
  'look.theme.auto': '與手機一致',
  'look.theme.light': '淺色',
  'look.theme.dark': '深色',
  'look.theme.contrast': '高對比',
  'look.size': '文字大小',
  'look.size.100': '標準',
  'look.size.125': '稍大',
  'look.size.150': '大',
  'look.size.200': '特大',
  'look.kept': '只儲存在這台裝置上。',
};
