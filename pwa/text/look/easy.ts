/** How the app looks, and the pages of parts for who designs it. */
export const texts = {
  'look.title': '見え方',
  'look.theme': '色',
  'look.theme.auto': 'スマホに 合わせる',
  'look.theme.light': '明るい',
  'look.theme.dark': '暗い',
  'look.theme.contrast': 'はっきり',
  'look.size': '文字の 大きさ',
  'look.size.100': 'ふつう',
  'look.size.125': '少し 大きい',
  'look.size.150': '大きい',
  'look.size.200': 'とても 大きい',
  'look.kept': 'この スマホだけに のこります。',
} as const;

export type Texts = Record<keyof typeof texts, string>;
