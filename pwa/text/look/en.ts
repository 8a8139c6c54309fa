import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': 'Display',
  'look.theme': 'Colours',
  'look.theme.auto': 'Same as the phone',
  'look.theme.light': 'Light',
  'look.theme.dark': 'Dark',
  'look.theme.contrast': 'High contrast',
  'look.size': 'Text size',
  'look.size.100': 'Standard',
  'look.size.125': 'A little larger',
  'look.size.150': 'Large',
  'look.size.200': 'Very large',
  'look.kept': 'Kept on this device only.',
};
