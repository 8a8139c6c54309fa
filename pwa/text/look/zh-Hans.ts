import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': '显示',
  'look.theme': '配色',
  'look.theme.auto': '与手机一致',
  'look.theme.light': '浅色',
  'look.theme.dark': '深色',
  'look.theme.contrast': '高对比度',
  'look.size': '文字大小',
  'look.size.100': '标准',
  'look.size.125': '稍大',
  'look.size.150': '大',
  'look.size.200': '特大',
  'look.kept': '只保存在这台设备上。',
};
