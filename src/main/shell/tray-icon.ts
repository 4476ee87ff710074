/** Draws the tray icon pixel by pixel: one shape and colour for each state, with the count on it. */
import type { TrayMark } from './status-text';

type Color = readonly [red: number, green: number, blue: number];

const colors: Readonly<Record<TrayMark, Color>> = {
  quiet: [87, 199, 133],
  blind: [139, 150, 165],
  critical: [230, 57, 57],
  security: [160, 96, 210],
  warning: [224, 142, 20],
  business: [38, 160, 152],
  info: [60, 120, 220],
};

/** Three by five, a bit string a digit, rows from the top; `+` for ten and more, `?` for blind. */
const glyphs: Readonly<Record<string, string>> = {
  '1': '010110010010111',
  '2': '111001111100111',
  '3': '111001111001111',
  '4': '101101111001001',
  '5': '111100111001111',
  '6': '111100111101111',
  '7': '111001010010010',
  '8': '111101111101111',
  '9': '111101111001111',
  '+': '000010111010000',
  '?': '111001011000010',
};

/** Quiet is a ring, firing a disc, security and critical a square: colour is never alone. */
function covers(mark: TrayMark, x: number, y: number, size: number): boolean {
  const middle = (size - 1) / 2;
  const radius = Math.hypot(x - middle, y - middle);
  switch (mark) {
    case 'quiet':
    case 'blind':
      return radius <= size * 0.48 && radius >= size * 0.34;
    case 'critical':
    case 'security':
      return Math.max(Math.abs(x - middle), Math.abs(y - middle)) <= size * 0.46;
    case 'warning':
    case 'business':
    case 'info':
      return radius <= size * 0.48;
  }
}

function glyphFor(mark: TrayMark, count: number): string | undefined {
  if (mark === 'blind') return glyphs['?'];
  if (mark === 'quiet' || count <= 0) return undefined;
  return glyphs[count > 9 ? '+' : String(count)];
}

/**
 * @param size edge in pixels, 16 or more.
 * @returns `size * size` pixels as BGRA, the layout `nativeImage.createFromBitmap` takes.
 */
export function drawTrayIcon(mark: TrayMark, count: number, size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 4);
  const glyph = glyphFor(mark, count);
  const scale = Math.floor(size / 8);
  const left = Math.floor((size - 3 * scale) / 2);
  const top = Math.floor((size - 5 * scale) / 2);
  const inkAt = (x: number, y: number): boolean => {
    const column = Math.floor((x - left) / scale);
    const row = Math.floor((y - top) / scale);
    return column >= 0 && column < 3 && row >= 0 && row < 5 && glyph?.[row * 3 + column] === '1';
  };
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const ink = inkAt(x, y);
      if (!ink && !covers(mark, x, y, size)) continue;
      const [red, green, blue] = ink && mark !== 'blind' ? [255, 255, 255] : colors[mark];
      pixels.set([blue, green, red, 255], (y * size + x) * 4);
    }
  }
  return pixels;
}
