import type { Texts } from './easy.ts';
import { texts as account } from '../account/en.ts';
import { texts as benefits } from '../benefits/en.ts';
import { texts as bookings } from '../bookings/en.ts';
import { texts as calendars } from '../calendars/en.ts';
import { texts as cases } from '../cases/en.ts';
import { texts as catalogue } from '../catalogue/en.ts';
import { texts as core } from '../core/en.ts';
import { texts as device } from '../device/en.ts';
import { texts as devices } from '../devices/en.ts';
import { texts as emergency } from '../emergency/en.ts';
import { texts as facilities } from '../facilities/en.ts';
import { texts as family } from '../family/en.ts';
import { texts as form } from '../form/en.ts';
import { texts as issued } from '../issued/en.ts';
import { texts as ledger } from '../ledger/en.ts';
import { texts as links } from '../links/en.ts';
import { texts as login } from '../login/en.ts';
import { texts as look } from '../look/en.ts';
import { texts as mail } from '../mail/en.ts';
import { texts as moving } from '../moving/en.ts';
import { texts as offline } from '../offline/en.ts';
import { texts as payments } from '../payments/en.ts';
import { texts as reach } from '../reach/en.ts';
import { texts as records } from '../records/en.ts';
import { texts as school } from '../school/en.ts';
import { texts as signing } from '../signing/en.ts';
import { texts as tasks } from '../tasks/en.ts';
import { texts as together } from '../together/en.ts';
import { texts as words } from '../words/en.ts';

export const texts: Texts = {
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
