/** Hundreds of lines on one canvas, through pixels of our own. */
import type { PlannedSeries } from './plan';
import { rasterColor, rasterLine } from './raster';
import { traceOf } from './trace';
import type { Plot, Selection } from './trace';

/** Kept between drawings: a sheet of pixels as large as the plot. */
let sheet: { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } | null = null;

function sheetOf(width: number, height: number): typeof sheet {
  if (sheet !== null && sheet.canvas.width === width && sheet.canvas.height === height) {
    return sheet;
  }
  const canvas = new OffscreenCanvas(width, height);
  // Written from pixels and read once: it never needs a graphics card.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  sheet = context === null ? null : { canvas, context };
  return sheet;
}

/** All lines of a crowded chart as pixels; false where there is no canvas to take them. */
export function paintCrowd(
  context: CanvasRenderingContext2D,
  lines: PlannedSeries[],
  plot: Plot,
  selection: Selection,
): boolean {
  const ratio = context.getTransform().a;
  const width = Math.ceil((plot.right - plot.left) * ratio);
  const height = Math.ceil((plot.bottom - plot.top) * ratio);
  const target = sheetOf(width, height);
  if (target === null) return false;
  const image = new ImageData(width, height);
  const raster = { pixels: new Uint32Array(image.data.buffer), width, height };
  for (const planned of lines) {
    const trace = traceOf(planned, plot, selection, false);
    const line = {
      values: trace.values,
      places: trace.places,
      from: trace.from,
      to: trace.to,
      x0: (trace.x0 - plot.left) * ratio,
      step: trace.step * ratio,
      zero: (trace.axis.zero - plot.top) * ratio,
      perUnit: trace.axis.perUnit * ratio,
      color: rasterColor(planned.color),
    };
    rasterLine(raster, line, ratio);
  }
  target.context.putImageData(image, 0, 0);
  context.drawImage(target.canvas, plot.left, plot.top, width / ratio, height / ratio);
  return true;
}
