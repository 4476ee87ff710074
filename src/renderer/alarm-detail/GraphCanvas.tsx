import { Chart } from 'chart.js';
import { useEffect, useRef } from 'react';
import type { TimeZone } from '../ui/time';
import { chartConfig } from './chart-config';
import type { GraphModel, Point } from './graph-model';
import type { GraphColors } from './theme-colors';

interface Props {
  model: GraphModel;
  colors: GraphColors;
  zone: TimeZone;
  name: string;
  onCanvas(canvas: HTMLCanvasElement | null): void;
}

/** The canvas itself; its own chunk, so that Chart.js delays nothing that is painted first. */
export default function GraphCanvas({ model, colors, zone, name, onCanvas }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const chart = new Chart<'line', Point[]>(element, chartConfig(model, colors, zone));
    onCanvas(element);
    return () => {
      onCanvas(null);
      chart.destroy();
    };
  }, [model, colors, zone, onCanvas]);
  return <canvas ref={canvas} role="img" aria-label={`Graph of ${name}`} />;
}
