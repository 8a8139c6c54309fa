import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': 'Choose the language you want to read',
  'words.offerLater': 'You can change it at any time in the settings.',
  'words.shownIn': 'This page is shown in {language}.',
  'words.keep': 'Always read in {language}',
  'words.goBack': 'Back to {language}',
  'words.fallBack': 'Where a text is not in your language, show it in',
  'words.inOther': 'In {language}',
  'words.furigana': 'Show readings above kanji (furigana)',
  'aloud.pause': 'Pause',
  'aloud.goOn': 'Go on',
  'aloud.noVoice': 'This phone has no voice for {language}. You can add one in the phone\'s settings.',
};
