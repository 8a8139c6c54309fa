import type { Texts } from './easy.ts';

export const texts: Texts = {

  'calendars.title': 'क्यालेन्डरमा राख्ने',
  'calendars.lead': 'म्याद, तिर्ने दिन र बुकिङ फोनको क्यालेन्डरमा हेर्न सकिन्छ।',
  'calendars.family': 'पूरै परिवार',
  'calendars.none': 'अहिलेसम्म छैन',
  'calendars.make': 'ठेगाना बनाउने',
  'calendars.again': 'नयाँ ठेगाना बनाउने',
  'calendars.end': 'रोक्ने',
  'calendars.full': 'क्यालेन्डरमा प्रक्रियाको नाम देखाउने',
  'calendars.fullNote': 'नछाने “वडाको प्रक्रिया” मात्र देखिन्छ। अरूले क्यालेन्डर हेर्छन् भने नछान्नुहोस्।',
  'calendars.made': 'ठेगाना बन्यो। अहिले मात्र देखिन्छ।',
  'calendars.address': 'क्यालेन्डरको ठेगाना',
  'calendars.copy': 'कपी गर्ने',
  'calendars.copied': 'कपी भयो।',
  'calendars.open': 'क्यालेन्डर एपमा खोल्ने',
  'calendars.secret': 'यो ठेगाना थाहा पाउने सबैले मिति हेर्न सक्छन्। अरूलाई नदिनुहोस्।',
  'calendars.ended': 'रोकियो। ठेगाना अब चल्दैन।',
  'calendars.since': '{time} देखि',
  'calendars.read': 'पछिल्लो पटक पढिएको: {time}',
  'calendars.unread': 'अझै पढिएको छैन',
  'calendars.discreet': '“वडाको प्रक्रिया” मात्र देखिन्छ',
  'calendars.named': 'नाम देखिन्छ',
  'calendars.item': 'यो दिन क्यालेन्डरमा राख्ने',
  'calendars.offline': 'नेटवर्क छैन, अहिले फेर्न सकिँदैन।',
  'calendars.failed': 'भएन। पछि फेरि गर्नुहोस्।',
};
