/** The graph as a picture to paste into a chat or a ticket. */
import type { GraphColors } from './theme-colors';

const MARGIN = 16;
const HEAD = 44;

/** A PNG data URL of the canvas on the theme's ground with a heading; null where there is no 2D context. */
export function graphPng(
  graph: HTMLCanvasElement,
  colors: GraphColors,
  title: string,
  subtitle: string,
): string | null {
  const ratio = graph.clientWidth > 0 ? graph.width / graph.clientWidth : 1;
  const sheet = document.createElement('canvas');
  sheet.width = graph.width + 2 * MARGIN * ratio;
  sheet.height = graph.height + (HEAD + MARGIN) * ratio;
  const context = sheet.getContext('2d');
  if (context === null) return null;
  context.fillStyle = colors.panel;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.scale(ratio, ratio);
  context.fillStyle = colors.text;
  context.font = `600 13px ${colors.font}`;
  context.fillText(title, MARGIN, 20);
  context.fillStyle = colors.dim;
  context.font = `11px ${colors.font}`;
  context.fillText(subtitle, MARGIN, 36);
  context.drawImage(graph, MARGIN, HEAD, graph.width / ratio, graph.height / ratio);
  return sheet.toDataURL('image/png');
}
