import { containsIndividualNumber } from './individual-number.ts';

/** QR codes, found on this device in what a camera shows or a picture holds; no picture leaves it. */

type Detector = { detect: (picture: ImageBitmapSource) => Promise<{ rawValue: string }[]> };
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats?: () => Promise<string[]> };
/** Finds the text of a code in a picture; null: there is none to be seen. */
export type Reader = (canvas: HTMLCanvasElement) => Promise<string | null>;

const EVERY = 200;
/** Longest side of what is looked at: a slip's code in a large photograph is tried sharp first, then small. */
const SIDES = [1000, 2200, 500] as const;
const LIVE_SIDE = 900;

export const hasCamera = (): boolean => 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices;

/** What the browser can do itself, else a library that is fetched with the app and lies here without a network. */
export async function reader(): Promise<Reader> {
  const own = await builtIn();
  const { decodeQR } = await import('qr/decode.js');
  const second: Reader = async (canvas) => {
    const picture = canvas.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, canvas.width, canvas.height);
    try {
      return picture ? decodeQR(picture, { format: 'RGBA', timeLimit: 120 }) : null;
    } catch {
      return null; // it tells by throwing that there is no code
    }
  };
  return async (canvas) => (own && (await own(canvas))) || second(canvas);
}

async function builtIn(): Promise<Reader | null> {
  const Class = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = (await Class?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (!Class || !formats.includes('qr_code')) return null;
  const detector = new Class({ formats: ['qr_code'] });
  return async (canvas) => (await detector.detect(canvas).catch(() => []))[0]?.rawValue ?? null;
}

/** Looks through the camera until a code is found; null: `stop` was called. Rejects when there is no camera to be had. */
export async function watch(view: HTMLVideoElement, stopped: AbortSignal): Promise<string | null> {
  const asked = { video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false };
  const [read, stream] = await Promise.all([reader(), navigator.mediaDevices.getUserMedia(asked)]);
  try {
    view.srcObject = stream;
    await view.play().catch(() => undefined);
    const canvas = document.createElement('canvas');
    while (!stopped.aborted) {
      if (view.videoWidth > 0) {
        paint(canvas, view, { width: view.videoWidth, height: view.videoHeight }, LIVE_SIDE);
        const found = await read(canvas);
        if (found) return found;
      }
      await new Promise((done) => setTimeout(done, EVERY));
    }
    return null;
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    view.srcObject = null;
  }
}

/** The code in a photograph; null: none was found in it. */
export async function codeIn(picture: ImageBitmap): Promise<string | null> {
  const [read, canvas] = [await reader(), document.createElement('canvas')];
  for (const side of SIDES) {
    paint(canvas, picture, picture, side);
    const found = await read(canvas);
    if (found) return found;
  }
  return null;
}

function paint(canvas: HTMLCanvasElement, picture: CanvasImageSource, { width, height }: { width: number; height: number }, side: number): void {
  const scale = Math.min(1, side / Math.max(width, height));
  Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(picture, 0, 0, canvas.width, canvas.height);
}

/** Codes of other things, known by how they begin; what a slip's begins with is the platform's own. */
const OTHERS = /^\s*(https?:|wifi:|begin:|mecard:|mailto:|tel:|smsto?:|geo:|otpauth|bitcoin:|0002010)/i;
const LONGEST = 2953;

/** Why a code is not sent anywhere: the number of a person, something else, or nothing. */
export function unfit(content: string): 'individual' | 'foreign' | null {
  if (containsIndividualNumber(content)) return 'individual';
  return OTHERS.test(content) || content.trim() === '' || new TextEncoder().encode(content).length > LONGEST ? 'foreign' : null;
}

/** What a code or a shared text leads to in this app; null: it is none of our addresses, and is not opened. What stands
 * after # stays with it: it reaches no server. */
export function linkIn(content: string, origin = location.origin): string | null {
  const address = /https?:\/\/\S+/.exec(content.trim())?.[0];
  const url = address ? URL.parse(address) : null;
  if (url?.origin !== origin || /^\/(login|graphql|staff|push|uploads)(\/|$)/.test(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}
