import type { Texts } from './easy.ts';
import { texts as account } from '../account/ko.ts';
import { texts as benefits } from '../benefits/ko.ts';
import { texts as bookings } from '../bookings/ko.ts';
import { texts as calendars } from '../calendars/ko.ts';
import { texts as cases } from '../cases/ko.ts';
import { texts as catalogue } from '../catalogue/ko.ts';
import { texts as core } from '../core/ko.ts';
import { texts as device } from '../device/ko.ts';
import { texts as devices } from '../devices/ko.ts';
import { texts as emergency } from '../emergency/ko.ts';
import { texts as facilities } from '../facilities/ko.ts';
import { texts as family } from '../family/ko.ts';
import { texts as form } from '../form/ko.ts';
import { texts as issued } from '../issued/ko.ts';
import { texts as ledger } from '../ledger/ko.ts';
import { texts as links } from '../links/ko.ts';
import { texts as login } from '../login/ko.ts';
import { texts as look } from '../look/ko.ts';
import { texts as mail } from '../mail/ko.ts';
import { texts as moving } from '../moving/ko.ts';
import { texts as offline } from '../offline/ko.ts';
import { texts as payments } from '../payments/ko.ts';
import { texts as reach } from '../reach/ko.ts';
import { texts as records } from '../records/ko.ts';
import { texts as school } from '../school/ko.ts';
import { texts as signing } from '../signing/ko.ts';
import { texts as tasks } from '../tasks/ko.ts';
import { texts as together } from '../together/ko.ts';
import { texts as words } from '../words/ko.ts';

/** Korean. */
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
