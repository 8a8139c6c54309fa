import type { Texts } from './easy.ts';
import { texts as account } from '../account/pt.ts';
import { texts as benefits } from '../benefits/pt.ts';
import { texts as bookings } from '../bookings/pt.ts';
import { texts as calendars } from '../calendars/pt.ts';
import { texts as cases } from '../cases/pt.ts';
import { texts as catalogue } from '../catalogue/pt.ts';
import { texts as core } from '../core/pt.ts';
import { texts as device } from '../device/pt.ts';
import { texts as devices } from '../devices/pt.ts';
import { texts as emergency } from '../emergency/pt.ts';
import { texts as facilities } from '../facilities/pt.ts';
import { texts as family } from '../family/pt.ts';
import { texts as form } from '../form/pt.ts';
import { texts as issued } from '../issued/pt.ts';
import { texts as ledger } from '../ledger/pt.ts';
import { texts as links } from '../links/pt.ts';
import { texts as login } from '../login/pt.ts';
import { texts as look } from '../look/pt.ts';
import { texts as mail } from '../mail/pt.ts';
import { texts as moving } from '../moving/pt.ts';
import { texts as offline } from '../offline/pt.ts';
import { texts as payments } from '../payments/pt.ts';
import { texts as reach } from '../reach/pt.ts';
import { texts as records } from '../records/pt.ts';
import { texts as school } from '../school/pt.ts';
import { texts as signing } from '../signing/pt.ts';
import { texts as tasks } from '../tasks/pt.ts';
import { texts as together } from '../together/pt.ts';
import { texts as words } from '../words/pt.ts';

/** Portuguese of Brazil. */
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
