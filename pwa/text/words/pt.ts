import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': 'Escolha o idioma em que deseja ler',
  'words.offerLater': 'Você pode mudar a qualquer momento nas configurações.',
  'words.shownIn': 'Esta página é exibida em {language}.',
  'words.keep': 'Ler sempre em {language}',
  'words.goBack': 'Voltar para {language}',
  'words.fallBack': 'Quando um texto não está no seu idioma, mostrar em',
  'words.inOther': 'Em {language}',
  'words.furigana': 'Mostrar a leitura acima dos kanji (furigana)',
  'aloud.pause': 'Pausar',
  'aloud.goOn': 'Continuar',
  'aloud.noVoice': 'Este celular não tem voz em {language}. Você pode adicionar uma nas configurações do celular.',
};
