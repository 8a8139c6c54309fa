/** The browser's own offer to install, kept until she asks for it (Chromium only). */
type InstallOffer = Event & { prompt(): Promise<unknown> };

let offer: InstallOffer | null = null;
const ears = new Set<() => void>();

export function awaitInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event as InstallOffer;
    ears.forEach((ear) => ear());
  });
  addEventListener('appinstalled', () => {
    offer = null;
    ears.forEach((ear) => ear());
  });
}

const NO = 'install-no';

export const mayOffer = (): boolean => localStorage.getItem(NO) === null;
export const neverOffer = (): void => localStorage.setItem(NO, 'yes');

export const installOffer = (): InstallOffer | null => offer;
/** `standalone` of the navigator is Safari's own word for it. */
export const isInstalled = (): boolean =>
  ['standalone', 'minimal-ui', 'fullscreen'].some((mode) => matchMedia(`(display-mode: ${mode})`).matches)
  || (navigator as { standalone?: boolean }).standalone === true;

export function hearInstallOffer(ear: () => void): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}
