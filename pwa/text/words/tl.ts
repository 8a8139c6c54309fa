import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': 'Piliin ang wikang gusto ninyong basahin',
  'words.offerLater': 'Maaari ninyo itong palitan anumang oras sa mga setting.',
  'words.shownIn': 'Ipinapakita ang pahinang ito sa {language}.',
  'words.keep': 'Laging magbasa sa {language}',
  'words.goBack': 'Bumalik sa {language}',
  'words.fallBack': 'Kapag wala pa sa inyong wika ang teksto, ipakita sa',
  'words.inOther': 'Nasa {language}',
  'words.furigana': 'Ipakita ang basa sa itaas ng kanji (furigana)',
  'aloud.pause': 'Ihinto muna',
  'aloud.goOn': 'Ituloy',
  'aloud.noVoice': 'Walang boses para sa {language} ang teleponong ito. Maaari kayong magdagdag sa mga setting ng telepono.',
};
