import { isIos } from './ios.ts';

/** Which browser this is, as far as the way onto the home screen and the way to a permission differ. */

export type Browser = 'chrome' | 'samsung' | 'firefox' | 'ios' | 'iosOther' | 'desktop' | 'mac' | 'none' | 'inApp';
export const WITH_A_WAY = ['chrome', 'ios', 'iosOther', 'samsung', 'firefox', 'desktop', 'mac'] as const;
type Told = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

/** Programs that open links inside themselves, where logins and notifications fail; by a mark in what they say. */
const INSIDE: readonly [RegExp, string][] = [
  [/ Line\//i, 'LINE'], [/Instagram/, 'Instagram'], [/FBAN|FBAV|FB_IAB/, 'Facebook'], [/Twitter|TwitterAndroid/, 'X'],
  [/musical_ly|BytedanceWebview|TikTok/, 'TikTok'], [/YJApp|Yahoo AppID/i, 'Yahoo! JAPAN'], [/KAKAOTALK/i, 'KakaoTalk'], [/MicroMessenger/, 'WeChat'],
];

/** The program's name; null: it is a browser of its own. An Android WebView that says nothing more is an app. */
export function insideOf(userAgent: string): string | null {
  const named = INSIDE.find(([mark]) => mark.test(userAgent))?.[1];
  return named ?? (/Android.*; wv\)/.test(userAgent) ? 'アプリ' : null);
}

export function browserOf(told: Told): Browser {
  const { userAgent } = told;
  if (insideOf(userAgent) !== null) return 'inApp';
  if (isIos(told)) return /CriOS|FxiOS|EdgiOS|OPiOS/.test(userAgent) ? 'iosOther' : 'ios';
  if (/SamsungBrowser/.test(userAgent)) return 'samsung';
  if (/Android/.test(userAgent)) return /Firefox\//.test(userAgent) ? 'firefox' : 'chrome';
  if (/Firefox\//.test(userAgent)) return 'none';
  if (/Chrome\//.test(userAgent)) return 'desktop';
  return /Macintosh/.test(userAgent) && /Version\/\d+/.test(userAgent) ? 'mac' : 'none';
}

/** LINE alone opens an address outside when it says so (its own parameter). */
export const outsideOfLine = (address: string): string => {
  const url = new URL(address);
  url.searchParams.set('openExternalBrowser', '1');
  return url.href;
};

/** Which words lead to the switch for notifications here. */
export function permitKey(told: Told, installed: boolean): 'ios' | 'installed' | 'samsung' | 'firefox' | 'mac' | 'chrome' {
  const browser = browserOf(told);
  if (browser === 'ios' || browser === 'iosOther') return 'ios';
  if (installed && /Android/.test(told.userAgent)) return 'installed';
  if (browser === 'samsung' || browser === 'mac') return browser;
  return /Firefox\//.test(told.userAgent) ? 'firefox' : 'chrome';
}
