import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': '表示',
  'look.theme': '配色',
  'look.theme.auto': '端末に合わせる',
  'look.theme.light': 'ライト',
  'look.theme.dark': 'ダーク',
  'look.theme.contrast': 'ハイコントラスト',
  'look.size': '文字の大きさ',
  'look.size.100': '標準',
  'look.size.125': 'やや大きい',
  'look.size.150': '大きい',
  'look.size.200': '特に大きい',
  'look.kept': 'この端末だけに保存されます。',
};
