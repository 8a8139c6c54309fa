import { texts as account } from '../account/easy.ts';
import { texts as benefits } from '../benefits/easy.ts';
import { texts as bookings } from '../bookings/easy.ts';
import { texts as calendars } from '../calendars/easy.ts';
import { texts as cases } from '../cases/easy.ts';
import { texts as catalogue } from '../catalogue/easy.ts';
import { texts as core } from '../core/easy.ts';
import { texts as device } from '../device/easy.ts';
import { texts as devices } from '../devices/easy.ts';
import { texts as emergency } from '../emergency/easy.ts';
import { texts as facilities } from '../facilities/easy.ts';
import { texts as family } from '../family/easy.ts';
import { texts as form } from '../form/easy.ts';
import { texts as issued } from '../issued/easy.ts';
import { texts as ledger } from '../ledger/easy.ts';
import { texts as links } from '../links/easy.ts';
import { texts as login } from '../login/easy.ts';
import { texts as look } from '../look/easy.ts';
import { texts as mail } from '../mail/easy.ts';
import { texts as moving } from '../moving/easy.ts';
import { texts as offline } from '../offline/easy.ts';
import { texts as payments } from '../payments/easy.ts';
import { texts as reach } from '../reach/easy.ts';
import { texts as records } from '../records/easy.ts';
import { texts as school } from '../school/easy.ts';
import { texts as signing } from '../signing/easy.ts';
import { texts as tasks } from '../tasks/easy.ts';
import { texts as together } from '../together/easy.ts';
import { texts as words } from '../words/easy.ts';

/** Every room's texts in やさしい日本語, which is written first: the other languages have the same keys. {…} is filled in. */
export const texts = {
  ...account,
  ...benefits,
  ...bookings,
  ...calendars,
  ...cases,
  ...catalogue,
  ...core,
  ...device,
  ...devices,
  ...emergency,
  ...facilities,
  ...family,
  ...form,
  ...issued,
  ...ledger,
  ...links,
  ...login,
  ...look,
  ...mail,
  ...moving,
  ...offline,
  ...payments,
  ...reach,
  ...records,
  ...school,
  ...signing,
  ...tasks,
  ...together,
  ...words,
};

export type Key = keyof typeof texts;
export type Texts = Record<Key, string>;
