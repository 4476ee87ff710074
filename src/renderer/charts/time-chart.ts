/** The picture of one time chart: Chart.js for axes and annotations, our painter for the series. */
import { Chart, LinearScale, LineController } from 'chart.js';
import type { ChartArea, Plugin, Scale as ChartScale } from 'chart.js';
import Annotation from 'chartjs-plugin-annotation';
import { optionsOf } from './chart-config';
import type { ChartColors } from './chart-colors';
import { paintSeries } from './paint';
import type { AxisMap, Plot, Selection } from './trace';
import type { Plan } from './plan';
import { selectPlaces, WORKER_FROM_POINTS } from './place-selector';

Chart.register(Annotation, LinearScale, LineController);

const nothingSelected: Selection = new Map();

export interface TimePicture {
  show(plan: Plan, colors: ChartColors): void;
  /** Where the plot lies on the canvas. */
  plot(): Plot | null;
  destroy(): void;
}

function axisMap(scale: ChartScale | undefined): AxisMap {
  if (scale === undefined) return { zero: 0, perUnit: 0 };
  // Through the axis' ends, which stay exact where zero and one are far outside it.
  const perUnit = scale.height / (scale.max - scale.min);
  return { zero: scale.bottom + scale.min * perUnit, perUnit };
}

interface ChartParts {
  chartArea: ChartArea | undefined;
  scales: Record<string, ChartScale>;
}

function plotOf({ chartArea, scales }: ChartParts): Plot | null {
  const x = scales['x'];
  if (chartArea === undefined || x === undefined) return null;
  const { left, top, right, bottom } = chartArea;
  return {
    left,
    top,
    right,
    bottom,
    startMs: x.min,
    endMs: x.max,
    leftAxis: axisMap(scales['y']),
    rightAxis: axisMap(scales['y2']),
  };
}

/** Draws on the canvas until destroyed. `onPlot` hears where the plot is after each drawing. */
export function createTimePicture(
  canvas: HTMLCanvasElement,
  first: Plan,
  firstColors: ChartColors,
  onPlot: (plot: Plot) => void,
): TimePicture {
  let plan = first;
  let selection = nothingSelected;
  /** What the selection is for, or is being made for. */
  let wanted: { plan: Plan; width: number; pending: boolean } | null = null;
  let stopped = false;

  /** False while the worker still selects; the chart is drawn again when it has. */
  function selected(plot: Plot, redraw: () => void): boolean {
    if (plan.points < WORKER_FROM_POINTS) {
      selection = nothingSelected;
      wanted = null;
      return true;
    }
    const width = plot.right - plot.left;
    if (wanted?.plan === plan && wanted.width === width) return !wanted.pending;
    const asked = { plan, width, pending: true };
    wanted = asked;
    selection = nothingSelected;
    asked.pending = selectPlaces(plan, plot, (answer) => {
      if (stopped || wanted !== asked) return;
      asked.pending = false;
      selection = answer;
      redraw();
    });
    return !asked.pending;
  }

  const series: Plugin<'line'> = {
    id: 'nightdesk-series',
    afterDatasetsDraw(chart) {
      const plot = plotOf(chart);
      if (plot === null) return;
      if (selected(plot, () => chart.draw())) paintSeries(chart.ctx, plan, plot, selection);
      onPlot(plot);
    },
  };
  const chart = new Chart<'line', number[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: optionsOf(plan, firstColors),
    plugins: [series],
  });
  return {
    show(next, colors) {
      plan = next;
      chart.options = optionsOf(next, colors);
      chart.update('none');
    },
    plot: () => plotOf(chart),
    destroy() {
      stopped = true;
      chart.destroy();
    },
  };
}
