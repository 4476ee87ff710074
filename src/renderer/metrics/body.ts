/** The scratch chart as the body of a dashboard, alone or added to one that is there. */
import type { Dashboard, MetricWidget } from '../../shared/dashboards/dashboard';
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import { writeBody } from '../../shared/dashboards/write-body';
import type { At } from './scratch';

function titled(widget: MetricWidget): string {
  return widget.title.trim() === '' ? 'Scratch chart' : widget.title.trim();
}

/**
 * Every widget says its region: the body is read in other places than this page. Its own account goes
 * without saying, as CloudWatch's console has it.
 */
function placed(widget: MetricWidget, { region, accountId }: At): MetricWidget {
  return {
    ...widget,
    title: titled(widget),
    region: widget.region ?? region,
    accountId: widget.accountId === accountId ? null : widget.accountId,
  };
}

/**
 * A dashboard body with the chart alone, indented JSON.
 * @param at the place the body is for
 */
export function scratchBody(widget: MetricWidget, at: At, range: DashboardRange): string {
  const dashboard: Dashboard = {
    name: titled(widget),
    widgets: [placed(widget, at)],
    range,
    periodOverride: 'inherit',
    refreshSeconds: null,
  };
  return writeBody(dashboard);
}

/**
 * The body with the chart added below everything else, nothing else touched; null where what is there is
 * no body that can be added to.
 */
export function addedTo(current: string, widget: MetricWidget, at: At): string | null {
  const made: unknown = JSON.parse(scratchBody(widget, at, { start: '-PT3H', end: null }));
  const there = parsed(current);
  const [added] = widgetsOf(made) ?? [];
  const widgets = widgetsOf(there);
  if (widgets === null || typeof added !== 'object' || typeof there !== 'object') return null;
  const bottom = Math.max(0, ...widgets.map(bottomOf));
  const lowest = { ...added, x: 0, y: bottom };
  return JSON.stringify({ ...there, widgets: [...widgets, lowest] }, null, 2);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: there is nothing to add to, and the caller says so.
    return null;
  }
}

function widgetsOf(body: unknown): unknown[] | null {
  if (typeof body !== 'object' || body === null || !('widgets' in body)) return null;
  return Array.isArray(body.widgets) ? body.widgets : null;
}

function bottomOf(widget: unknown): number {
  if (typeof widget !== 'object' || widget === null) return 0;
  const y = 'y' in widget && typeof widget.y === 'number' ? widget.y : 0;
  const height = 'height' in widget && typeof widget.height === 'number' ? widget.height : 6;
  return y + height;
}

/** A name PutDashboard takes, of a title. */
export function dashboardName(title: string): string {
  const name = title
    .trim()
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name.slice(0, 255) || 'Scratch-chart';
}

/** Null where CloudWatch takes the name; else one sentence. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'Give it a name.';
  if (name.length > 255) return 'A name has at most 255 characters.';
  return /^[A-Za-z0-9_-]+$/.test(name) ? null : 'Letters, digits, - and _ only.';
}
