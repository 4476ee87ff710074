/** A chart as a picture to paste into a chat or a ticket: title, range, picture and what its colours mean. */
import { safeText } from '../ui/safe-text';
import type { ChartColors } from './chart-colors';
import type { Plan } from './plan';

const MARGIN = 16;
const HEAD = 44;
const LEGEND_LINE = 16;
const MOST_LEGEND = 12;

function legendOf(plan: Plan): { color: string; label: string }[] {
  const shown = plan.series.filter((each) => !each.hidden && each.shape !== 'edge');
  const lines = shown
    .slice(0, MOST_LEGEND)
    .map(({ color, series }) => ({ color, label: safeText(series.label) }));
  if (shown.length > MOST_LEGEND) {
    lines.push({ color: 'transparent', label: `+ ${shown.length - MOST_LEGEND} more` });
  }
  return lines;
}

/** A PNG data URL of the canvas on the theme's ground; null where there is no 2D context. */
export function chartPng(
  chart: HTMLCanvasElement,
  plan: Plan,
  colors: ChartColors,
  title: string,
  subtitle: string,
): string | null {
  const ratio = chart.clientWidth > 0 ? chart.width / chart.clientWidth : 1;
  const legend = legendOf(plan);
  const width = chart.width / ratio;
  const height = chart.height / ratio;
  const sheet = document.createElement('canvas');
  sheet.width = Math.round((width + 2 * MARGIN) * ratio);
  sheet.height = Math.round((height + HEAD + MARGIN + legend.length * LEGEND_LINE) * ratio);
  const context = sheet.getContext('2d');
  if (context === null) return null;
  context.fillStyle = colors.panel;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.scale(ratio, ratio);
  context.fillStyle = colors.text;
  context.font = `600 13px ${colors.font}`;
  context.fillText(safeText(title), MARGIN, 20);
  context.fillStyle = colors.dim;
  context.font = `11px ${colors.font}`;
  context.fillText(safeText(subtitle), MARGIN, 36);
  context.drawImage(chart, MARGIN, HEAD, width, height);
  legend.forEach(({ color, label }, index) => {
    const y = HEAD + height + 8 + index * LEGEND_LINE;
    context.fillStyle = color;
    context.fillRect(MARGIN, y, 10, 3);
    context.fillStyle = colors.text;
    context.fillText(label, MARGIN + 16, y + 5);
  });
  return sheet.toDataURL('image/png');
}
