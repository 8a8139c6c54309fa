import type { Texts } from './easy.ts';
import { texts as account } from '../account/zh-Hans.ts';
import { texts as benefits } from '../benefits/zh-Hans.ts';
import { texts as bookings } from '../bookings/zh-Hans.ts';
import { texts as calendars } from '../calendars/zh-Hans.ts';
import { texts as cases } from '../cases/zh-Hans.ts';
import { texts as catalogue } from '../catalogue/zh-Hans.ts';
import { texts as core } from '../core/zh-Hans.ts';
import { texts as device } from '../device/zh-Hans.ts';
import { texts as devices } from '../devices/zh-Hans.ts';
import { texts as emergency } from '../emergency/zh-Hans.ts';
import { texts as facilities } from '../facilities/zh-Hans.ts';
import { texts as family } from '../family/zh-Hans.ts';
import { texts as form } from '../form/zh-Hans.ts';
import { texts as issued } from '../issued/zh-Hans.ts';
import { texts as ledger } from '../ledger/zh-Hans.ts';
import { texts as links } from '../links/zh-Hans.ts';
import { texts as login } from '../login/zh-Hans.ts';
import { texts as look } from '../look/zh-Hans.ts';
import { texts as mail } from '../mail/zh-Hans.ts';
import { texts as moving } from '../moving/zh-Hans.ts';
import { texts as offline } from '../offline/zh-Hans.ts';
import { texts as payments } from '../payments/zh-Hans.ts';
import { texts as reach } from '../reach/zh-Hans.ts';
import { texts as records } from '../records/zh-Hans.ts';
import { texts as school } from '../school/zh-Hans.ts';
import { texts as signing } from '../signing/zh-Hans.ts';
import { texts as tasks } from '../tasks/zh-Hans.ts';
import { texts as together } from '../together/zh-Hans.ts';
import { texts as words } from '../words/zh-Hans.ts';

/** Chinese, simplified. */
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
