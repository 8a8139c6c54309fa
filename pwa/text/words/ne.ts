import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': 'तपाईंले पढ्न चाहनुभएको भाषा छान्नुहोस्',
  'words.offerLater': 'तपाईं सेटिङमा जुनसुकै बेला बदल्न सक्नुहुन्छ।',
  'words.shownIn': 'यो पृष्ठ {language} मा देखाइएको छ।',
  'words.keep': 'सधैं {language} मा पढ्ने',
  'words.goBack': '{language} मा फर्कने',
  'words.fallBack': 'तपाईंको भाषामा नभएको पाठ यसमा देखाउने',
  'words.inOther': '{language} मा',
  'words.furigana': 'कान्जीमाथि उच्चारण (फुरिगाना) देखाउने',
  'aloud.pause': 'केही बेर रोक्ने',
  'aloud.goOn': 'जारी राख्ने',
  'aloud.noVoice': 'यो फोनमा {language} को आवाज छैन। फोनको सेटिङमा थप्न सकिन्छ।',
};
