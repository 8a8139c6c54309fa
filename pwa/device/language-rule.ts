import { LANGUAGES, type Language } from '../text/languages.ts';

/** In which language she is spoken to where device, account and phone differ: always one that she chose, if she chose any. */

/** `here`: what this device speaks. `isUnheard`: she chose it here, and her account has not heard of it. */
type Heard = { here: Language; isUnheard: boolean; account: Language; accountChosen: boolean };

/** `tell`: the account is told what she chose here. `heard`: it has heard. `follow`: this device speaks as her account does
 * from now on; null: as it did. What a phone speaks by itself is told to no account. */
export function settled({ here, isUnheard, account, accountChosen }: Heard): 'tell' | 'heard' | { follow: Language | null } {
  if (!isUnheard) return { follow: accountChosen ? account : null };
  return accountChosen && account === here ? 'heard' : 'tell';
}

/** No phone tells やさしい日本語 from Japanese. */
const sounds = (language: Language | undefined): Language | undefined => (language === 'easy' ? 'ja' : language);

/** What is worth asking somebody who has chosen nothing on this device, the phone's languages first: nothing where the phone
 * speaks as her account does, or Japanese. `account` null: she has chosen nothing there either. */
export function worthAsking(phone: readonly Language[], account: Language | null): Language[] {
  if (sounds(phone[0]) === sounds(account ?? 'ja') || (account !== null && phone.length === 0)) return [];
  const always: (Language | null)[] = ['ja', 'easy', account, phone.length === 0 ? 'en' : null];
  return LANGUAGES.filter((one) => phone.includes(one) || always.includes(one))
    .sort((one, other) => (phone.indexOf(one) + 1 || LANGUAGES.length) - (phone.indexOf(other) + 1 || LANGUAGES.length));
}
