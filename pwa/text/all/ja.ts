import type { Texts } from './easy.ts';
import { texts as account } from '../account/ja.ts';
import { texts as benefits } from '../benefits/ja.ts';
import { texts as bookings } from '../bookings/ja.ts';
import { texts as calendars } from '../calendars/ja.ts';
import { texts as cases } from '../cases/ja.ts';
import { texts as catalogue } from '../catalogue/ja.ts';
import { texts as core } from '../core/ja.ts';
import { texts as device } from '../device/ja.ts';
import { texts as devices } from '../devices/ja.ts';
import { texts as emergency } from '../emergency/ja.ts';
import { texts as facilities } from '../facilities/ja.ts';
import { texts as family } from '../family/ja.ts';
import { texts as form } from '../form/ja.ts';
import { texts as issued } from '../issued/ja.ts';
import { texts as ledger } from '../ledger/ja.ts';
import { texts as links } from '../links/ja.ts';
import { texts as login } from '../login/ja.ts';
import { texts as look } from '../look/ja.ts';
import { texts as mail } from '../mail/ja.ts';
import { texts as moving } from '../moving/ja.ts';
import { texts as offline } from '../offline/ja.ts';
import { texts as payments } from '../payments/ja.ts';
import { texts as reach } from '../reach/ja.ts';
import { texts as records } from '../records/ja.ts';
import { texts as school } from '../school/ja.ts';
import { texts as signing } from '../signing/ja.ts';
import { texts as tasks } from '../tasks/ja.ts';
import { texts as together } from '../together/ja.ts';
import { texts as words } from '../words/ja.ts';

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
