/** How she wants the app to look on this device: kept at hand for the first paint, and left there by a logout, for it
 * tells nothing of her to who comes next but is what her eyes need to log in again. */
export const THEMES = ['auto', 'light', 'dark', 'contrast'] as const;
export const SIZES = ['100', '125', '150', '200'] as const;
export type Look = { theme: (typeof THEMES)[number]; size: (typeof SIZES)[number] };

const KEY = 'look';
const GROUNDS: Partial<Record<Look['theme'], string>> = { light: '#ffffff', dark: '#1a1a1a' };

export function readLook(): Look {
  const [theme, size] = (localStorage.getItem(KEY) ?? '').split(' ');
  return { theme: THEMES.find((one) => one === theme) ?? 'auto', size: SIZES.find((one) => one === size) ?? '100' };
}

export function keepLook(look: Look): void {
  localStorage.setItem(KEY, `${look.theme} ${look.size}`);
  wear(look);
}

/** The phone's own bar above the page goes with the page. */
export function wear({ theme, size }: Look): void {
  const { dataset } = document.documentElement;
  dataset.theme = theme;
  dataset.size = size;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.dataset.own ??= meta.content;
    meta.content = GROUNDS[theme] ?? meta.dataset.own;
  }
}
