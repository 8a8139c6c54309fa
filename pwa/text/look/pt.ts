import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': 'Aparência',
  'look.theme': 'Cores',
  'look.theme.auto': 'Como no celular',
  'look.theme.light': 'Claro',
  'look.theme.dark': 'Escuro',
  'look.theme.contrast': 'Alto contraste',
  'look.size': 'Tamanho do texto',
  'look.size.100': 'Normal',
  'look.size.125': 'Um pouco maior',
  'look.size.150': 'Grande',
  'look.size.200': 'Muito grande',
  'look.kept': 'Fica só neste aparelho.',
};
