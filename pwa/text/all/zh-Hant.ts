import type { Texts } from './easy.ts';
import { texts as account } from '../account/zh-Hant.ts';
import { texts as benefits } from '../benefits/zh-Hant.ts';
import { texts as bookings } from '../bookings/zh-Hant.ts';
import { texts as calendars } from '../calendars/zh-Hant.ts';
import { texts as cases } from '../cases/zh-Hant.ts';
import { texts as catalogue } from '../catalogue/zh-Hant.ts';
import { texts as core } from '../core/zh-Hant.ts';
import { texts as device } from '../device/zh-Hant.ts';
import { texts as devices } from '../devices/zh-Hant.ts';
import { texts as emergency } from '../emergency/zh-Hant.ts';
import { texts as facilities } from '../facilities/zh-Hant.ts';
import { texts as family } from '../family/zh-Hant.ts';
import { texts as form } from '../form/zh-Hant.ts';
import { texts as issued } from '../issued/zh-Hant.ts';
import { texts as ledger } from '../ledger/zh-Hant.ts';
import { texts as links } from '../links/zh-Hant.ts';
import { texts as login } from '../login/zh-Hant.ts';
import { texts as look } from '../look/zh-Hant.ts';
import { texts as mail } from '../mail/zh-Hant.ts';
import { texts as moving } from '../moving/zh-Hant.ts';
import { texts as offline } from '../offline/zh-Hant.ts';
import { texts as payments } from '../payments/zh-Hant.ts';
import { texts as reach } from '../reach/zh-Hant.ts';
import { texts as records } from '../records/zh-Hant.ts';
import { texts as school } from '../school/zh-Hant.ts';
import { texts as signing } from '../signing/zh-Hant.ts';
import { texts as tasks } from '../tasks/zh-Hant.ts';
import { texts as together } from '../together/zh-Hant.ts';
import { texts as words } from '../words/zh-Hant.ts';

/** Chinese, traditional. */
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
