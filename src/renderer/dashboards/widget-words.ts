/** What a widget is called and what of it is copied. */
import { assertNever } from '../../shared/assert-never';
import type { Widget } from '../../shared/dashboards/dashboard';

const MOST_METRICS = 3;

function made(widget: Widget): string {
  switch (widget.kind) {
    case 'metric': {
      const names = widget.series
        .filter(({ visible }) => visible)
        .map(({ label, metric, expression }) => label ?? metric?.metricName ?? expression ?? '')
        .filter((name) => name !== '');
      const unique = [...new Set(names)];
      const shown = unique.slice(0, MOST_METRICS).join(', ');
      return unique.length > MOST_METRICS ? `${shown} …` : shown;
    }
    case 'alarm':
      return 'Alarms';
    case 'text':
      return 'Text';
    case 'log':
      return 'Logs';
    case 'explained':
      return widget.what;
    default:
      return assertNever(widget);
  }
}

/** The widget's title, or what it shows where it has none. */
export function titleOf(widget: Widget): string {
  const title = widget.title.trim();
  if (title !== '') return title;
  const other = made(widget);
  return other === '' ? 'Untitled widget' : other;
}

/** A file name of a title: letters and digits only, whatever the title holds. */
export function fileNameOf(title: string, ending: 'csv' | 'json'): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${plain === '' ? 'widget' : plain}.${ending}`;
}

/** Reading order: rows from the top, then from the left. */
export function inReadingOrder<T extends { x: number; y: number }>(widgets: readonly T[]): T[] {
  return widgets.toSorted((a, b) => a.y - b.y || a.x - b.x);
}
