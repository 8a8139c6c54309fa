/** The camera, where the browser itself can find a QR code in a picture. */

type Detector = { detect: (picture: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = new (options: { formats: string[] }) => Detector;

const EVERY = 250;
const detectorClass = (): DetectorClass | null => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector ?? null;

export const canScan = (): boolean => detectorClass() !== null && 'mediaDevices' in navigator;

/** Looks until a code is found; rejects when there is no camera or it is not allowed. */
export async function scan(view: HTMLVideoElement): Promise<string> {
  const Detector = detectorClass();
  if (!Detector) throw new Error('no detector');
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    return await firstCode(new Detector({ formats: ['qr_code'] }), view);
  } finally {
    view.hidden = true;
    stream.getTracks().forEach((track) => track.stop());
  }
}

async function firstCode(detector: Detector, view: HTMLVideoElement): Promise<string> {
  for (;;) {
    const [found] = await detector.detect(view);
    if (found) return found.rawValue;
    await new Promise((done) => setTimeout(done, EVERY));
  }
}
