import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': 'Itsura',
  'look.theme': 'Mga kulay',
  'look.theme.auto': 'Ayon sa telepono',
  'look.theme.light': 'Maliwanag',
  'look.theme.dark': 'Madilim',
  'look.theme.contrast': 'Mataas na contrast',
  'look.size': 'Laki ng letra',
  'look.size.100': 'Karaniwan',
  'look.size.125': 'Mas malaki nang kaunti',
  'look.size.150': 'Malaki',
  'look.size.200': 'Napakalaki',
  'look.kept': 'Nasa device na ito lamang.',
};
