import type { Texts } from './easy.ts';

export const texts: Texts = {

  'calendars.title': 'Sa calendar mo',
  'calendars.lead': 'Mga deadline, bayarin at appointment sa calendar na gamit mo.',
  'calendars.family': 'Buong pamilya',
  'calendars.none': 'Wala pa',
  'calendars.make': 'Gumawa ng address',
  'calendars.again': 'Gumawa ng bagong address',
  'calendars.end': 'Bawiin',
  'calendars.full': 'Ipakita ang totoong pangalan sa calendar',
  'calendars.fullNote': 'Kung hindi, “Papeles sa ward” lang ang nakasulat. Huwag i-on kung nakikita ng iba ang calendar mo.',
  'calendars.made': 'Ito ang address. Ngayon lang ito ipapakita.',
  'calendars.address': 'Calendar address',
  'calendars.copy': 'Kopyahin',
  'calendars.copied': 'Nakopya.',
  'calendars.open': 'Buksan sa calendar app',
  'calendars.secret': 'Makikita ng sinumang may address na ito ang mga petsa. Huwag ipasa.',
  'calendars.ended': 'Binawi na. Hindi na gagana ang address.',
  'calendars.since': 'ginawa {time}',
  'calendars.read': 'huling binasa {time}',
  'calendars.unread': 'hindi pa nababasa',
  'calendars.discreet': '“Papeles sa ward” lang',
  'calendars.named': 'may totoong pangalan',
  'calendars.item': 'Idagdag ang araw na ito sa calendar',
  'calendars.offline': 'Offline ka kaya walang mababago ngayon.',
  'calendars.failed': 'Hindi nagawa. Subukan ulit mamaya.',
};
