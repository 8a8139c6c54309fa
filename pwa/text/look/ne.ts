import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': 'देखिने तरिका',
  'look.theme': 'रङ',
  'look.theme.auto': 'फोन जस्तै',
  'look.theme.light': 'उज्यालो',
  'look.theme.dark': 'अँध्यारो',
  'look.theme.contrast': 'उच्च कन्ट्रास्ट',
  'look.size': 'अक्षरको आकार',
  'look.size.100': 'सामान्य',
  'look.size.125': 'अलि ठूलो',
  'look.size.150': 'ठूलो',
  'look.size.200': 'धेरै ठूलो',
  'look.kept': 'यो उपकरणमा मात्र राखिन्छ।',
};
