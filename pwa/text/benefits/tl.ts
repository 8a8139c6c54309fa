import type { Texts } from './easy.ts';

export const texts: Texts = {

  'benefits.title': 'Pera at tulong para sa iyo',
  'benefits.lead': 'Ang maaaring matanggap ng pamilya mo. Nauuna ang malapit nang magsara.',
  'benefits.empty': 'Wala ngayon.',
  'benefits.now': 'Puwede nang mag-apply',
  'benefits.ask': 'Malalaman sa sagot mo',
  'benefits.oneAnswer': 'Malalaman sa isang sagot: “{question}”',
  'benefits.soon': 'Magbubukas pa lang',
  'benefits.sent': 'Nag-apply na',
  'benefits.have': 'Natanggap na o tapos na',
};
