import { useLayoutEffect, useRef } from 'react';
import type { ChartSeries } from './chart-model';
import { extentOf, placesWithin } from './columns';
import styles from './values.module.css';

interface Props {
  series: ChartSeries;
  startMs: number;
  endMs: number;
  color: string;
}

function draw(canvas: HTMLCanvasElement, { series, startMs, endMs, color }: Props): void {
  const ratio = window.devicePixelRatio;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  const { values, periodMs } = series;
  const { from, to } = placesWithin(series.startMs, periodMs, values.length, startMs, endMs);
  const extent = extentOf(values, from, to);
  if (context === null || extent === null || !(endMs > startMs)) return;
  context.scale(ratio, ratio);
  context.strokeStyle = color;
  context.lineWidth = 1.4;
  context.lineCap = 'round';
  const perValue = (height - 4) / (extent.max - extent.min || 1);
  const perMs = width / (endMs - startMs);
  let drawing = false;
  context.beginPath();
  for (let place = from; place < to; place += 1) {
    const value = values[place] ?? Number.NaN;
    if (value - value !== 0) {
      drawing = false;
      continue;
    }
    const x = (series.startMs + place * periodMs - startMs) * perMs;
    const y = height - 2 - (value - extent.min) * perValue;
    if (!drawing) context.moveTo(x, y);
    context.lineTo(x + (drawing ? 0 : 0.01), y);
    drawing = true;
  }
  context.stroke();
}

/** A line without axes; decoration, the value beside it says what counts. */
export function Sparkline(props: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    draw(element, props);
    const observer = new ResizeObserver(() => draw(element, props));
    observer.observe(element);
    return () => observer.disconnect();
  });
  return <canvas ref={canvas} className={styles.sparkline} aria-hidden="true" />;
}
