import type { Texts } from './easy.ts';
import { texts as account } from '../account/vi.ts';
import { texts as benefits } from '../benefits/vi.ts';
import { texts as bookings } from '../bookings/vi.ts';
import { texts as calendars } from '../calendars/vi.ts';
import { texts as cases } from '../cases/vi.ts';
import { texts as catalogue } from '../catalogue/vi.ts';
import { texts as core } from '../core/vi.ts';
import { texts as device } from '../device/vi.ts';
import { texts as devices } from '../devices/vi.ts';
import { texts as emergency } from '../emergency/vi.ts';
import { texts as facilities } from '../facilities/vi.ts';
import { texts as family } from '../family/vi.ts';
import { texts as form } from '../form/vi.ts';
import { texts as issued } from '../issued/vi.ts';
import { texts as ledger } from '../ledger/vi.ts';
import { texts as links } from '../links/vi.ts';
import { texts as login } from '../login/vi.ts';
import { texts as look } from '../look/vi.ts';
import { texts as mail } from '../mail/vi.ts';
import { texts as moving } from '../moving/vi.ts';
import { texts as offline } from '../offline/vi.ts';
import { texts as payments } from '../payments/vi.ts';
import { texts as reach } from '../reach/vi.ts';
import { texts as records } from '../records/vi.ts';
import { texts as school } from '../school/vi.ts';
import { texts as signing } from '../signing/vi.ts';
import { texts as tasks } from '../tasks/vi.ts';
import { texts as together } from '../together/vi.ts';
import { texts as words } from '../words/vi.ts';

/** Vietnamese. */
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
