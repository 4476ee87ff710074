/** How a panel draws: axes, legend, stacking, reduction; from old and new options. */
import type { AxisSpec, MetricWidget } from '../dashboard';
import { durationSeconds } from './durations';
import { at, flag, has, number, objects, raw, strings, text } from './fields';
import type { Fields } from './fields';
import { readUnit } from './units';
import type { UnitReading } from './units';

export interface PanelStyle {
  left: AxisSpec;
  right: AxisSpec;
  /** How the left axis's values are to be read. */
  unit: UnitReading;
  legend: MetricWidget['legend'];
  stacked: boolean;
  drawAs: 'line' | 'bar' | 'area' | null;
  reduce: MetricWidget['reduce'];
  sparkline: boolean;
  ownRange: MetricWidget['ownRange'];
  problems: string[];
}

function axis(unit: UnitReading, label: string, min: number | null, max: number | null): AxisSpec {
  return {
    min: min === null ? null : min * unit.factor,
    max: max === null ? null : max * unit.factor,
    label: label || unit.suffix,
    showUnits: true,
    unit: unit.unit,
  };
}

function oldAxis(of: Fields | undefined): AxisSpec {
  const fields = of ?? {};
  const unit = readUnit(text(fields, 'format'));
  return axis(
    { ...unit, factor: 1 },
    text(fields, 'label'),
    number(fields, 'min'),
    number(fields, 'max'),
  );
}

function axes(panel: Fields): Pick<PanelStyle, 'left' | 'right' | 'unit'> {
  const defaults = at(panel, 'fieldConfig', 'defaults');
  const [first, second] = objects(panel, 'yaxes');
  const unit = readUnit(
    text(defaults, 'unit') || text(panel, 'format') || text(first ?? {}, 'format'),
  );
  const custom = at(defaults, 'custom');
  const label = text(custom, 'axisLabel') || text(first ?? {}, 'label');
  const min =
    number(defaults, 'min') ?? number(first ?? {}, 'min') ?? number(at(panel, 'gauge'), 'minValue');
  const max =
    number(defaults, 'max') ?? number(first ?? {}, 'max') ?? number(at(panel, 'gauge'), 'maxValue');
  return { left: axis(unit, label, min, max), right: oldAxis(second), unit };
}

function legendOf(panel: Fields): MetricWidget['legend'] {
  const options = at(panel, 'options', 'legend');
  const old = at(panel, 'legend');
  const hidden =
    flag(options, 'showLegend') === false ||
    text(options, 'displayMode') === 'hidden' ||
    flag(old, 'show') === false;
  if (hidden) return 'hidden';
  return text(options, 'placement') === 'right' || flag(old, 'rightSide') === true
    ? 'right'
    : 'bottom';
}

/** Grafana's calculation of one value from many, and whether ours is the same. */
function reduction(panel: Fields): { reduce: MetricWidget['reduce']; problem: string | null } {
  const calc =
    strings(at(panel, 'options', 'reduceOptions'), 'calcs')[0] ??
    strings(at(panel, 'options', 'fieldOptions'), 'calcs')[0] ??
    (text(panel, 'type') === 'singlestat' ? text(panel, 'valueName') || 'avg' : 'lastNotNull');
  switch (calc) {
    case 'last':
    case 'lastNotNull':
    case 'current':
      return { reduce: 'last', problem: null };
    case 'mean':
    case 'avg':
      return { reduce: 'avg', problem: null };
    case 'min':
    case 'max':
      return { reduce: calc, problem: null };
    case 'sum':
    case 'total':
      return { reduce: 'sum', problem: null };
    default:
      return {
        reduce: 'last',
        problem: `Grafana shows the ${calc} of the values here; Nightdesk shows the last one.`,
      };
  }
}

function stacking(panel: Fields): { stacked: boolean; problem: string | null } {
  const mode = text(at(panel, 'fieldConfig', 'defaults', 'custom', 'stacking'), 'mode');
  const option = text(at(panel, 'options'), 'stacking');
  const percent = mode === 'percent' || option === 'percent' || flag(panel, 'percentage') === true;
  const stacked =
    percent || mode === 'normal' || option === 'normal' || flag(panel, 'stack') === true;
  const problem = percent
    ? 'Grafana stacks these to 100 %; Nightdesk stacks the values themselves.'
    : null;
  return { stacked, problem };
}

/** Fill above which a line counts as an area, in Grafana's percent. */
const AREA_OPACITY = 25;

function drawing(panel: Fields): PanelStyle['drawAs'] {
  const custom = at(panel, 'fieldConfig', 'defaults', 'custom');
  const style = text(custom, 'drawStyle');
  if (style === 'bars') return 'bar';
  if (flag(panel, 'bars') === true && flag(panel, 'lines') !== true) return 'bar';
  const opacity = number(custom, 'fillOpacity') ?? (number(panel, 'fill') ?? 0) * 10;
  return opacity > AREA_OPACITY ? 'area' : null;
}

const TRANSFORMATION_WORDS: Readonly<Record<string, string>> = {
  calculateField: 'adds a calculated column',
  groupBy: 'groups rows',
  groupingToMatrix: 'turns rows into a matrix',
  organize: 'renames or hides columns',
  reduce: 'reduces each series to one row',
  filterFieldsByName: 'hides columns',
  merge: 'merges queries into one table',
  sortBy: 'sorts rows',
  seriesToColumns: 'joins queries by time',
  joinByField: 'joins queries by a field',
};

function notes(panel: Fields): string[] {
  const found = objects(panel, 'transformations')
    .filter((step) => flag(step, 'disabled') !== true)
    .map((step) => {
      const id = text(step, 'id');
      const words = Object.hasOwn(TRANSFORMATION_WORDS, id) ? TRANSFORMATION_WORDS[id] : undefined;
      return `A transformation of Grafana's that ${words ?? `is called ${id}`} is not applied.`;
    });
  const nulls = text(panel, 'nullPointMode');
  const spans = raw(at(panel, 'fieldConfig', 'defaults', 'custom'), 'spanNulls');
  if (nulls === 'null as zero')
    found.push('Grafana draws missing points as zero here; Nightdesk leaves them as gaps.');
  if (nulls === 'connected' || spans === true) {
    found.push('Grafana draws lines across missing points here; Nightdesk leaves them as gaps.');
  }
  if (has(panel, 'timeShift'))
    found.push(
      `Grafana shows this ${text(panel, 'timeShift')} earlier; Nightdesk does not shift it.`,
    );
  return found;
}

function ownRange(panel: Fields): PanelStyle['ownRange'] {
  const seconds = durationSeconds(text(panel, 'timeFrom').replace(/^now-/, ''));
  return seconds === null
    ? null
    : { start: `-PT${Math.max(1, Math.round(seconds / 60))}M`, end: null };
}

export function readStyle(panel: Fields): PanelStyle {
  const stack = stacking(panel);
  const reduced = reduction(panel);
  const spark = at(panel, 'sparkline');
  const shown = text(at(panel, 'options'), 'graphMode');
  return {
    ...axes(panel),
    legend: legendOf(panel),
    stacked: stack.stacked,
    drawAs: drawing(panel),
    reduce: reduced.reduce,
    sparkline: shown === 'area' || flag(spark, 'show') === true,
    ownRange: ownRange(panel),
    problems: [...notes(panel), stack.problem, reduced.problem].filter((one) => one !== null),
  };
}
