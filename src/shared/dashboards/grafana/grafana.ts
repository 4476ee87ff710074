/**
 * Reads a Grafana dashboard: what asks CloudWatch is drawn, everything else says what it is.
 * https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
import type { LocalRule } from '../../local-rules/local-rule';
import type { Dashboard, GridPlace, SeriesSpec, Widget } from '../dashboard';
import type { JsonSource } from '../json-source';
import type { InputValues, ReadResult, TextProblem } from '../read-result';
import { readAlert } from './alerts';
import { durationSeconds, rangeSeconds, readRange } from './durations';
import { at, has, isFields, objects, raw, text } from './fields';
import type { Fields } from './fields';
import { substitute } from './interpolate';
import { toGrid } from './layout';
import { readPanel } from './panels';
import { repeatSections } from './repeat';
import type { Copy, SectionCopy } from './repeat';
import { readSections } from './sections';
import type { SourcePlace } from './sections';
import { readVariables } from './variables';

/** The dashboard itself: exports wrap it in `dashboard` (API) or `spec` (resources). */
function boardOf(value: unknown): Fields | null {
  if (!isFields(value)) return null;
  for (const inner of [value, at(value, 'dashboard'), at(value, 'spec')]) {
    const panels = Array.isArray(raw(inner, 'panels')) || Array.isArray(raw(inner, 'rows'));
    if (panels && !has(inner, 'widgets')) return inner;
  }
  return null;
}

/** Whether a parsed file is a Grafana dashboard (and not a CloudWatch body, which has `widgets`). */
export function isGrafana(value: unknown): boolean {
  if (isFields(value) && isFields(raw(value, 'spec')) && has(at(value, 'spec'), 'elements')) {
    return true;
  }
  return boardOf(value) !== null;
}

function failed(message: string, advice: string, source: JsonSource): ReadResult {
  const place = source.positionOf([]);
  const problem: TextProblem = {
    level: 'error',
    message,
    advice,
    line: place?.line ?? null,
    column: place?.column ?? null,
    field: null,
  };
  return { kind: 'failed', problem };
}

function rowWidget(section: SectionCopy, id: string, place: GridPlace): Widget {
  const title = substitute(text(section.row ?? {}, 'title'), section.variables.known).trim();
  const markdown = title === '' ? '---' : `### ${title}`;
  return {
    ...place,
    id,
    kind: 'text',
    title: '',
    problems: [],
    markdown,
    background: 'transparent',
  };
}

/** Least rows at which a widget of this panel can be read. */
function leastHeight(panel: Fields): number {
  switch (text(panel, 'type')) {
    case 'row':
    case 'text':
      return 1;
    case 'stat':
    case 'singlestat':
      return 2;
    default:
      return 3;
  }
}

type Made = { section: SectionCopy; copy: Copy | null; place: SourcePlace; least: number };

/** Every row and panel in order, placed one section under the other in Grafana's units. */
function placed(sections: SectionCopy[]): Made[] {
  let top = 0;
  return sections.flatMap((section) => {
    const made: Made[] = [];
    if (section.row !== null) {
      made.push({ section, copy: null, place: { x: 0, y: top, w: 24, h: 1 }, least: 1 });
      top += 1;
    }
    const first = Math.min(...section.panels.map((copy) => copy.place.y));
    let bottom = top;
    for (const copy of section.panels) {
      const place = { ...copy.place, y: copy.place.y - first + top };
      bottom = Math.max(bottom, place.y + place.h);
      made.push({ section, copy, place, least: leastHeight(copy.panel) });
    }
    top = bottom;
    return made;
  });
}

function ruleOf(copy: Copy, widget: Widget): { rule: LocalRule | null; widget: Widget } {
  if (widget.kind !== 'metric' || !isFields(raw(copy.panel, 'alert')))
    return { rule: null, widget };
  const series = widget.series;
  const targets = objects(copy.panel, 'targets');
  const specOf = (refId: string): SeriesSpec | null => {
    const target = targets.find((one) => text(one, 'refId') === refId) ?? {};
    const small = refId.charAt(0).toLowerCase() + refId.slice(1);
    const own = text(target, 'id');
    return (
      series.find((spec) => spec.id === own) ?? series.find((spec) => spec.id === small) ?? null
    );
  };
  const read = readAlert(copy.panel, widget, specOf);
  const problems = read.problem === null ? widget.problems : [...widget.problems, read.problem];
  return { rule: read.rule, widget: { ...widget, problems } };
}

/**
 * Reads a parsed Grafana dashboard with the values people picked for its variables. Fails only where
 * there is no dashboard in it at all.
 */
export function readGrafana(source: JsonSource, values: InputValues): ReadResult {
  const board = boardOf(source.value);
  if (board === null) {
    return failed(
      'This is a Grafana dashboard in a form without a list of panels.',
      'In Grafana choose Export → Classic (V1 resource or JSON model), and open that file.',
      source,
    );
  }
  const time = at(board, 'time');
  const variables = readVariables(board, values, rangeSeconds(time));
  const made = placed(repeatSections(readSections(board), variables));
  const grid = toGrid(
    made.map((one) => one.place),
    made.map((one) => one.least),
  );
  const widgets: Widget[] = [];
  const rules: LocalRule[] = [];
  made.forEach(({ section, copy }, index) => {
    const place = grid[index] ?? { x: 0, y: 0, width: 24, height: 1 };
    if (copy === null) {
      widgets.push(rowWidget(section, section.key, place));
      return;
    }
    const read = ruleOf(copy, readPanel(copy.panel, copy.key, place, copy.variables));
    widgets.push(read.widget);
    if (read.rule !== null) rules.push(read.rule);
  });
  const refresh = durationSeconds(text(board, 'refresh'));
  const dashboard: Dashboard = {
    name: text(board, 'title') || 'Grafana dashboard',
    widgets,
    range: readRange(time),
    periodOverride: 'inherit',
    refreshSeconds: refresh === null || refresh <= 0 ? null : refresh,
  };
  return {
    kind: 'read',
    format: 'grafana',
    dashboards: [dashboard],
    alarms: [],
    rules,
    inputs: variables.inputs,
    problems: [],
  };
}
