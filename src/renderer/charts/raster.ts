/**
 * Hundreds of lines at once, written straight into pixels. A canvas strokes every segment as a shape; here
 * each pixel column of a line is one run from its lowest to its highest point, softened at both ends.
 */

/** Pixels in the order of ImageData, one 32-bit word each: alpha, blue, green, red from the top (little-endian). */
export interface Raster {
  pixels: Uint32Array;
  width: number;
  height: number;
}

export interface RasterLine {
  values: Float64Array;
  /** Places to touch, ascending; null: all of `[from, to)`. */
  places: Uint32Array | null;
  from: number;
  to: number;
  /** Pixel of value 0 and pixels from one to the next (device px from the raster's left edge). */
  x0: number;
  step: number;
  /** y = zero − value × perUnit (device px from the raster's top). */
  zero: number;
  perUnit: number;
  /** 0xbbggrr. */
  color: number;
}

/** `#rrggbb` as 0xbbggrr; grey where it is none. */
export function rasterColor(hex: string): number {
  const value = /^#[0-9a-f]{6}$/i.test(hex) ? Number.parseInt(hex.slice(1), 16) : 0x888888;
  return ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16);
}

/** Lays a colour over a pixel; `cover` from 0 to 255. */
function blend(under: number, color: number, cover: number): number {
  const alphaUnder = under >>> 24;
  if (alphaUnder === 0) return ((cover << 24) | color) >>> 0;
  // Weights of both colours in the result; 255 × alpha of the result in all.
  const over = cover * 255;
  const rest = alphaUnder * (255 - cover);
  const all = over + rest;
  const red = ((color & 0xff) * over + (under & 0xff) * rest) / all;
  const green = (((color >> 8) & 0xff) * over + ((under >> 8) & 0xff) * rest) / all;
  const blue = (((color >> 16) & 0xff) * over + ((under >> 16) & 0xff) * rest) / all;
  return (((all / 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** One column's run from `top` to `bottom` (px), its ends covering their pixels by share. */
function writeRun(
  raster: Raster,
  column: number,
  top: number,
  bottom: number,
  color: number,
): void {
  const { pixels, width, height } = raster;
  if (column < 0 || column >= width || !(bottom > 0) || !(top < height)) return;
  const from = top < 0 ? 0 : top;
  const to = bottom > height ? height : bottom;
  let row = from | 0;
  const lastRow = to | 0;
  let at = row * width + column;
  if (row === lastRow) {
    pixels[at] = blend(pixels[at] ?? 0, color, ((to - from) * 255) | 0);
    return;
  }
  pixels[at] = blend(pixels[at] ?? 0, color, ((row + 1 - from) * 255) | 0);
  const solid = (0xff000000 | color) >>> 0;
  for (row += 1; row < lastRow; row += 1) {
    at += width;
    pixels[at] = solid;
  }
  const left = ((to - lastRow) * 255) | 0;
  if (left > 0 && lastRow < height) {
    at += width;
    pixels[at] = blend(pixels[at] ?? 0, color, left);
  }
}

/** Writes one line, `thick` px high where it lies flat; gaps stay open, lone points are dots. */
export function rasterLine(raster: Raster, line: RasterLine, thick: number): void {
  const { values, places, from, x0, step, zero, perUnit, color } = line;
  const count = places === null ? line.to - from : places.length;
  const half = thick / 2;
  let drawing = false;
  let alone = false;
  let x = 0;
  let y = 0;
  let column = 0;
  let low = 0;
  let high = 0;
  for (let index = 0; index <= count; index += 1) {
    const at = places === null ? from + index : (places[index] ?? 0);
    const value = index === count ? Number.NaN : (values[at] ?? Number.NaN);
    if (value - value !== 0) {
      if (drawing) {
        const more = alone ? half : 0;
        writeRun(raster, column, low - half - more, high + half + more, color);
        if (alone) writeRun(raster, column + 1, low - thick, high + thick, color);
      }
      drawing = false;
      continue;
    }
    const nextX = x0 + at * step;
    const nextY = zero - value * perUnit;
    if (!drawing) {
      drawing = true;
      alone = true;
      column = Math.floor(nextX);
      low = nextY;
      high = nextY;
    } else {
      alone = false;
      const nextColumn = Math.floor(nextX);
      if (nextColumn > column) {
        const slope = (nextY - y) / (nextX - x);
        let edge = y + slope * (column + 1 - x);
        for (; column < nextColumn; column += 1) {
          if (edge < low) low = edge;
          if (edge > high) high = edge;
          writeRun(raster, column, low - half, high + half, color);
          low = edge;
          high = edge;
          edge += slope;
        }
      }
      if (nextY < low) low = nextY;
      if (nextY > high) high = nextY;
    }
    x = nextX;
    y = nextY;
  }
}
