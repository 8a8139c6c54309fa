/** A photograph of a paper, cut to the paper and written anew on the device: small enough to go, sharp enough to read. */

/** In parts of the whole picture, 0 to 1. */
export type Cut = { left: number; top: number; right: number; bottom: number };
export const WHOLE: Cut = { left: 0, top: 0, right: 1, bottom: 1 };

export const LONGEST_SIDE = 2000;
/** So that eight of them go to the ward in one message. */
export const LARGEST = 750 * 1024;
/** A page of A4 with less than that along its longer side can hardly be read. */
export const READABLE_SIDE = 900;
const LEAST = 0.05;
/** Tried one after the other until it is small enough: how good, and by how much smaller. */
const LADDER = [[0.82, 1], [0.7, 1], [0.6, 0.85], [0.5, 0.7], [0.4, 0.55]] as const;

/** The size in which a cut is written. */
export function sizeOf(width: number, height: number, cut: Cut, shrink = 1): { width: number; height: number } {
  const [wide, high] = [width * (cut.right - cut.left), height * (cut.bottom - cut.top)];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(wide, high)) * shrink;
  return { width: Math.max(1, Math.round(wide * scale)), height: Math.max(1, Math.round(high * scale)) };
}

/** One edge moved, never past the other. */
export function moved(cut: Cut, edge: keyof Cut, to: number): Cut {
  const at = Math.min(1, Math.max(0, to));
  if (edge === 'left') return { ...cut, left: Math.min(at, cut.right - LEAST) };
  if (edge === 'top') return { ...cut, top: Math.min(at, cut.bottom - LEAST) };
  if (edge === 'right') return { ...cut, right: Math.max(at, cut.left + LEAST) };
  return { ...cut, bottom: Math.max(at, cut.top + LEAST) };
}

/** Which edges lie nearest to a finger: one at a side, two at a corner. */
export function nearest(cut: Cut, x: number, y: number): (keyof Cut)[] {
  const across = Math.abs(x - cut.left) <= Math.abs(x - cut.right) ? 'left' : 'right';
  const along = Math.abs(y - cut.top) <= Math.abs(y - cut.bottom) ? 'top' : 'bottom';
  const [offAcross, offAlong] = [Math.abs(x - cut[across]), Math.abs(y - cut[along])];
  if (Math.abs(offAcross - offAlong) < 0.15) return [across, along];
  return offAcross < offAlong ? [across] : [along];
}

export const isTooSmall = ({ width, height }: { width: number; height: number }): boolean =>
  Math.max(width, height) < READABLE_SIDE;

/** Decodes what the camera gave, upright; null: this browser cannot show such a file. */
export const decoded = (file: Blob): Promise<ImageBitmap | null> =>
  createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);

/** Paints the cut part; where it was taken and with what is in no picture that is painted. */
export function painted(picture: ImageBitmap, cut: Cut, canvas: HTMLCanvasElement, shrink = 1): void {
  const { width, height } = sizeOf(picture.width, picture.height, cut, shrink);
  Object.assign(canvas, { width, height });
  const [x, y] = [picture.width * cut.left, picture.height * cut.top];
  const [wide, high] = [picture.width * (cut.right - cut.left), picture.height * (cut.bottom - cut.top)];
  const brush = canvas.getContext('2d');
  if (!brush) throw new Error('no canvas');
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, width, height);
  brush.drawImage(picture, x, y, wide, high, 0, 0, width, height);
}

/** A JPEG that is small enough, as good as that allows. */
export async function written(picture: ImageBitmap, cut: Cut): Promise<Blob> {
  const canvas = document.createElement('canvas');
  let made: Blob | null = null;
  for (const [quality, shrink] of LADDER) {
    painted(picture, cut, canvas, shrink);
    made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
    if (made && made.size <= LARGEST) break;
  }
  if (!made) throw new Error('not painted');
  return made;
}

/** As a person reads it: 0.6MB, 120KB. */
export const inBytes = (size: number): string =>
  size >= 1024 * 1024 ? `${(size / 1024 / 1024).toFixed(1)}MB` : `${Math.max(1, Math.round(size / 1024))}KB`;
