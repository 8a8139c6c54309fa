import type { Plugin } from 'vite';
import { png } from './png.ts';

type Colour = readonly [number, number, number];
type Look = { size: number; corner: number; scale: number; ground: Colour | null };

const BLUE: Colour = [0, 23, 193];
const WHITE: Colour = [255, 255, 255];
const LAMP: Colour = [255, 212, 61];
const FINENESS = 4;
const CORNERS = [[0.01, 0.01], [0.99, 0.01], [0.01, 0.99], [0.99, 0.99]] as const;

const LOOKS: Record<string, Look> = {
  'icons/icon-192.png': { size: 192, corner: 0.22, scale: 1, ground: BLUE },
  'icons/icon-512.png': { size: 512, corner: 0.22, scale: 1, ground: BLUE },
  'icons/maskable-512.png': { size: 512, corner: 0, scale: 0.82, ground: BLUE },
  'icons/apple-touch-icon.png': { size: 180, corner: 0, scale: 0.92, ground: BLUE },
  'icons/badge-96.png': { size: 96, corner: 0, scale: 1.4, ground: null },
};

/** Our own mark, a window of four panes with a light on in one of them, drawn at build time. */
export function appIcons(): Plugin {
  return {
    name: 'app-icons',
    generateBundle() {
      for (const [fileName, look] of Object.entries(LOOKS)) {
        this.emitFile({ type: 'asset', fileName, source: png(look.size, paint(look)) });
      }
      this.emitFile({ type: 'asset', fileName: 'icons/icon.svg', source: SVG });
    },
  };
}

const SVG = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">',
  '<rect width="100" height="100" rx="22" fill="#0017c1"/>',
  '<rect x="22" y="20" width="56" height="60" rx="6" fill="#fff"/>',
  '<path d="M29 27h18v20H29zM53 27h18v20H53zM29 53h18v20H29z" fill="#0017c1"/>',
  '<path d="M53 53h18v20H53z" fill="#ffd43d"/>',
  '</svg>',
].join('');

/** Is the point within the rounded box? All in shares of the picture's side. */
function within(x: number, y: number, box: readonly [number, number, number, number], corner: number): boolean {
  const [left, top, right, bottom] = box;
  const dx = Math.max(left + corner - x, 0, x - right + corner);
  const dy = Math.max(top + corner - y, 0, y - bottom + corner);
  return x >= left && x <= right && y >= top && y <= bottom && (dx === 0 || dy === 0 || Math.hypot(dx, dy) <= corner);
}

/** The colour at a point; null is clear. */
function colourAt(x: number, y: number, look: Look): Colour | null {
  if (look.ground && !within(x, y, [0, 0, 1, 1], look.corner)) return null;
  const u = (x - 0.5) / look.scale + 0.5;
  const v = (y - 0.5) / look.scale + 0.5;
  if (!within(u, v, [0.22, 0.2, 0.78, 0.8], 0.06)) return look.ground;
  const pane = between(u, 0.29, 0.47) ? 0 : between(u, 0.53, 0.71) ? 1 : null;
  const row = between(v, 0.27, 0.47) ? 0 : between(v, 0.53, 0.73) ? 1 : null;
  if (pane === null || row === null) return WHITE;
  if (pane === 1 && row === 1) return look.ground ? LAMP : WHITE;
  return look.ground;
}

const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;

function paint(look: Look): Uint8Array {
  const rgba = new Uint8Array(look.size * look.size * 4);
  for (let y = 0; y < look.size; y++) {
    for (let x = 0; x < look.size; x++) rgba.set(pixel(x, y, look), (y * look.size + x) * 4);
  }
  return rgba;
}

/** The mean of 4 × 4 points of one pixel, so that edges are smooth; one point where all corners agree. */
function pixel(x: number, y: number, look: Look): [number, number, number, number] {
  const [first, ...others] = CORNERS.map(([dx, dy]) => colourAt((x + dx) / look.size, (y + dy) / look.size, look));
  if (others.every((other) => other === first)) return first ? [...first, 255] : [0, 0, 0, 0];
  const sum = [0, 0, 0];
  let solid = 0;
  for (let k = 0; k < FINENESS * FINENESS; k++) {
    const px = x + ((k % FINENESS) + 0.5) / FINENESS;
    const py = y + (Math.floor(k / FINENESS) + 0.5) / FINENESS;
    const colour = colourAt(px / look.size, py / look.size, look);
    if (!colour) continue;
    solid += 1;
    colour.forEach((part, index) => (sum[index] = (sum[index] ?? 0) + part));
  }
  const mean = (part: number | undefined) => Math.round((part ?? 0) / Math.max(solid, 1));
  return [mean(sum[0]), mean(sum[1]), mean(sum[2]), Math.round((solid * 255) / (FINENESS * FINENESS))];
}
