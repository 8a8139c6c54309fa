import type { Texts } from './easy.ts';

export const texts: Texts = {

  'benefits.title': 'पाउन सकिने पैसा र सहयोग',
  'benefits.lead': 'तपाईंको परिवारले पाउन सक्ने कुरा। चाँडो सकिने माथि छ।',
  'benefits.empty': 'अहिले छैन।',
  'benefits.now': 'अहिले निवेदन दिन सकिन्छ',
  'benefits.ask': 'जवाफ दिएपछि थाहा हुन्छ',
  'benefits.oneAnswer': 'एउटा प्रश्नको जवाफले थाहा हुन्छ: “{question}”',
  'benefits.soon': 'पछि निवेदन दिन सकिन्छ',
  'benefits.sent': 'निवेदन दिइयो',
  'benefits.have': 'पाइसकेको',
};
