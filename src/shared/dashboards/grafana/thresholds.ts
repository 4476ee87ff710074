/** Grafana's thresholds, old and new, as lines of a chart and as colour steps of a value. */
import type { MetricWidget, ThresholdSpec } from '../dashboard';
import { readColor } from './colors';
import { asNumber, at, flag, number, objects, raw, strings, text } from './fields';
import type { Fields } from './fields';

type Steps = MetricWidget['steps'];

export interface ReadThresholds {
  lines: ThresholdSpec[];
  steps: Steps;
  problems: string[];
}

function line(value: number, color: string | null, fill: ThresholdSpec['fill']): ThresholdSpec {
  return {
    value,
    to: null,
    label: null,
    toLabel: null,
    color,
    fill,
    axis: 'left',
    visible: true,
  };
}

interface Scale {
  factor: number;
  min: number | null;
  max: number | null;
}

/** Percentages lie between the panel's minimum and maximum, which Grafana takes as 0 and 100 by default. */
function toValue(written: number, percentage: boolean, scale: Scale): number {
  if (!percentage) return written * scale.factor;
  const [min, max] = [scale.min ?? 0, scale.max ?? 100];
  return min + ((max - min) * written) / 100;
}

/** `fieldConfig.defaults.thresholds` with `custom.thresholdsStyle`. */
function fieldThresholds(panel: Fields, scale: Scale): ReadThresholds {
  const defaults = at(panel, 'fieldConfig', 'defaults');
  const thresholds = at(defaults, 'thresholds');
  const percentage = text(thresholds, 'mode') === 'percentage';
  const steps: Steps = objects(thresholds, 'steps').flatMap((step) => {
    const color = readColor(raw(step, 'color'));
    const from = number(step, 'value');
    if (color === null) return [];
    return [{ from: from === null ? null : toValue(from, percentage, scale), color }];
  });
  const style = text(at(defaults, 'custom', 'thresholdsStyle'), 'mode');
  const fill = style.includes('area') || style.includes('series') ? 'above' : 'none';
  const shown = style !== '' && style !== 'off';
  const lines = shown
    ? steps.flatMap((step) => (step.from === null ? [] : [line(step.from, step.color, fill)]))
    : [];
  return {
    lines,
    steps: steps.sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity)),
    problems: [],
  };
}

const MODE_COLORS: Readonly<Record<string, string>> = {
  critical: '#f2495c',
  warning: '#ff9830',
  ok: '#73bf69',
};

/** `thresholds: [{ value, op, fill, line, colorMode }]` of the old graph panel. */
function graphThresholds(panel: Fields): ThresholdSpec[] {
  return objects(panel, 'thresholds').flatMap((written) => {
    const value = number(written, 'value');
    if (value === null) return [];
    const mode = text(written, 'colorMode');
    const named = Object.hasOwn(MODE_COLORS, mode) ? MODE_COLORS[mode] : undefined;
    const color = readColor(raw(written, 'lineColor')) ?? named ?? null;
    const side = text(written, 'op') === 'lt' ? 'below' : 'above';
    const fill = flag(written, 'fill') === true ? side : 'none';
    const axis = text(written, 'yaxis') === 'right' ? 'right' : 'left';
    return [{ ...line(value, color, fill), axis } satisfies ThresholdSpec];
  });
}

/** `thresholds: "10,20"` with three `colors` of the old single value. */
function singleStatSteps(panel: Fields): Steps {
  const values = text(panel, 'thresholds')
    .split(',')
    .map(asNumber)
    .filter((value) => value !== null);
  if (values.length === 0) return [];
  return strings(panel, 'colors').flatMap((written, index) => {
    const color = readColor(written);
    const from = index === 0 ? null : values[index - 1];
    return color === null || from === undefined ? [] : [{ from, color }];
  });
}

export function readThresholds(panel: Fields, scale: Scale): ReadThresholds {
  const fields = fieldThresholds(panel, scale);
  const steps = fields.steps.length > 0 ? fields.steps : singleStatSteps(panel);
  return { ...fields, steps, lines: [...fields.lines, ...graphThresholds(panel)] };
}
