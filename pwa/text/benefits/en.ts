import type { Texts } from './easy.ts';

export const texts: Texts = {
  'benefits.title': 'Money and support for you',
  'benefits.lead': 'What your family may receive. What closes first stands first.',
  'benefits.empty': 'Nothing at the moment.',
  'benefits.now': 'You can apply now',
  'benefits.ask': 'An answer from you will tell',
  'benefits.oneAnswer': 'One answer will tell: “{question}”',
  'benefits.soon': 'Opens later',
  'benefits.sent': 'Applied for',
  'benefits.have': 'Received or done',
};
