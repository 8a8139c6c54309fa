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

export const installOffer = (): InstallOffer | null => offer;
export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches;

export function hearInstallOffer(ear: () => void): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}
