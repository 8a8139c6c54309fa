import type { Texts } from './easy.ts';
import { texts as account } from '../account/tl.ts';
import { texts as benefits } from '../benefits/tl.ts';
import { texts as bookings } from '../bookings/tl.ts';
import { texts as calendars } from '../calendars/tl.ts';
import { texts as cases } from '../cases/tl.ts';
import { texts as catalogue } from '../catalogue/tl.ts';
import { texts as core } from '../core/tl.ts';
import { texts as device } from '../device/tl.ts';
import { texts as devices } from '../devices/tl.ts';
import { texts as emergency } from '../emergency/tl.ts';
import { texts as facilities } from '../facilities/tl.ts';
import { texts as family } from '../family/tl.ts';
import { texts as form } from '../form/tl.ts';
import { texts as issued } from '../issued/tl.ts';
import { texts as ledger } from '../ledger/tl.ts';
import { texts as links } from '../links/tl.ts';
import { texts as login } from '../login/tl.ts';
import { texts as look } from '../look/tl.ts';
import { texts as mail } from '../mail/tl.ts';
import { texts as moving } from '../moving/tl.ts';
import { texts as offline } from '../offline/tl.ts';
import { texts as payments } from '../payments/tl.ts';
import { texts as reach } from '../reach/tl.ts';
import { texts as records } from '../records/tl.ts';
import { texts as school } from '../school/tl.ts';
import { texts as signing } from '../signing/tl.ts';
import { texts as tasks } from '../tasks/tl.ts';
import { texts as together } from '../together/tl.ts';
import { texts as words } from '../words/tl.ts';

/** Filipino. */
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
