import type { Texts } from './easy.ts';
import { texts as account } from '../account/ne.ts';
import { texts as benefits } from '../benefits/ne.ts';
import { texts as bookings } from '../bookings/ne.ts';
import { texts as calendars } from '../calendars/ne.ts';
import { texts as cases } from '../cases/ne.ts';
import { texts as catalogue } from '../catalogue/ne.ts';
import { texts as core } from '../core/ne.ts';
import { texts as device } from '../device/ne.ts';
import { texts as devices } from '../devices/ne.ts';
import { texts as emergency } from '../emergency/ne.ts';
import { texts as facilities } from '../facilities/ne.ts';
import { texts as family } from '../family/ne.ts';
import { texts as form } from '../form/ne.ts';
import { texts as issued } from '../issued/ne.ts';
import { texts as ledger } from '../ledger/ne.ts';
import { texts as links } from '../links/ne.ts';
import { texts as login } from '../login/ne.ts';
import { texts as look } from '../look/ne.ts';
import { texts as mail } from '../mail/ne.ts';
import { texts as moving } from '../moving/ne.ts';
import { texts as offline } from '../offline/ne.ts';
import { texts as payments } from '../payments/ne.ts';
import { texts as reach } from '../reach/ne.ts';
import { texts as records } from '../records/ne.ts';
import { texts as school } from '../school/ne.ts';
import { texts as signing } from '../signing/ne.ts';
import { texts as tasks } from '../tasks/ne.ts';
import { texts as together } from '../together/ne.ts';
import { texts as words } from '../words/ne.ts';

/** Nepali. */
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
