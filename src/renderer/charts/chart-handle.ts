/** What a page can ask of a chart that is on show. */
import { chartCsv } from './chart-csv';
import { chartPng } from './chart-png';
import type { ChartColors } from './chart-colors';
import type { Plan } from './plan';

export interface ChartHandle {
  /** PNG data URL with the title and range written over it; null where the chart is not drawn yet. */
  png(title: string, subtitle: string): string | null;
  /** All series of the chart's window, hidden ones too (RFC 4180, ISO times). */
  csv(): string;
}

export function createChartHandle(
  canvas: () => HTMLCanvasElement | null,
  latest: () => { plan: Plan; colors: ChartColors },
): ChartHandle {
  return {
    png(title, subtitle) {
      const element = canvas();
      if (element === null) return null;
      const { plan, colors } = latest();
      return chartPng(element, plan, colors, title, subtitle);
    },
    csv: () => chartCsv(latest().plan.model),
  };
}
