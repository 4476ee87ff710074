/** Field overrides and series overrides: what single lines do otherwise than their panel. */
import { readColor } from './colors';
import { at, flag, isFields, number, objects, raw, strings, text } from './fields';
import type { Fields } from './fields';
import type { ReadSeries } from './queries';
import { readUnit } from './units';

/** Grafana names lines as people see them; here they are known by label, default name or query. */
function names(series: ReadSeries): string[] {
  const { spec } = series;
  const metric = spec.metric?.metricName ?? '';
  return [series.displayName, spec.label ?? '', metric, series.refId, spec.id].filter(
    (one) => one !== '',
  );
}

function pattern(written: string): RegExp | null {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(written);
  try {
    return new RegExp(slashed?.[1] ?? written, slashed?.[2]?.replace(/[^i]/g, '') ?? '');
  } catch {
    // A pattern that is none matches nothing, in Grafana as here.
    return null;
  }
}

/** Longest text and pattern tried, so that a pattern in a file cannot keep the window busy. */
const MAX_PATTERN = 200;

function nameMatches(series: ReadSeries, written: string): boolean {
  const isPattern = written.length > 2 && written.startsWith('/') && written.length <= MAX_PATTERN;
  const tried = isPattern && !/[+*}]\)?[+*{]/.test(written) ? pattern(written) : null;
  return names(series).some((name) => name === written || tried?.test(name.slice(0, MAX_PATTERN)));
}

function applies(matcher: Fields, series: ReadSeries): boolean {
  const option = raw(matcher, 'options');
  switch (text(matcher, 'id')) {
    case 'byName':
      return typeof option === 'string' && names(series).includes(option);
    case 'byRegexp':
      return (
        typeof option === 'string' &&
        nameMatches(series, option.startsWith('/') ? option : `/${option}/`)
      );
    case 'byFrameRefID':
      return option === series.refId;
    case 'byNames':
      return (
        isFields(option) && strings(option, 'names').some((name) => names(series).includes(name))
      );
    default:
      return false;
  }
}

function setProperty(series: ReadSeries, id: string, value: unknown): void {
  const { spec } = series;
  const fields = isFields(value) ? value : {};
  switch (id) {
    case 'color':
      spec.color = readColor(raw(fields, 'fixedColor')) ?? spec.color;
      return;
    case 'custom.axisPlacement':
      spec.axis = value === 'right' ? 'right' : 'left';
      return;
    case 'custom.drawStyle':
      spec.drawAs = value === 'bars' ? 'bar' : 'line';
      return;
    case 'custom.hideFrom':
      if (flag(fields, 'viz') === true) spec.visible = false;
      return;
    case 'custom.hideFrom.viz':
      if (value === true) spec.visible = false;
      return;
    case 'displayName':
      if (typeof value === 'string' && value !== '') spec.label = value;
      return;
    default:
  }
}

/** A unit of its own puts a line on an axis of its own, as Grafana does. */
function unitOf(properties: Fields[]): string | null {
  const unit = properties.find((property) => text(property, 'id') === 'unit');
  return unit === undefined ? null : text(unit, 'value');
}

export interface Overridden {
  /** Unit of the right axis where an override set one. */
  rightUnit: string | null;
  /** Ids of series to be turned upside down. */
  negated: Set<string>;
}

/** Changes the series in place as `fieldConfig.overrides` and `seriesOverrides` say. */
export function applyOverrides(panel: Fields, all: ReadSeries[], panelUnit: string): Overridden {
  const result: Overridden = { rightUnit: null, negated: new Set() };
  for (const override of objects(at(panel, 'fieldConfig'), 'overrides')) {
    const properties = objects(override, 'properties');
    const unit = unitOf(properties);
    for (const series of all.filter((one) => applies(at(override, 'matcher'), one))) {
      if (unit !== null && unit !== panelUnit) {
        series.spec.axis = 'right';
        result.rightUnit = readUnit(unit).unit;
      }
      for (const property of properties) {
        setProperty(series, text(property, 'id'), raw(property, 'value'));
        if (
          text(property, 'id') === 'custom.transform' &&
          text(property, 'value') === 'negative-Y'
        ) {
          result.negated.add(series.spec.id);
        }
      }
    }
  }
  for (const override of objects(panel, 'seriesOverrides')) {
    for (const series of all.filter((one) => nameMatches(one, text(override, 'alias')))) {
      applySeriesOverride(series, override, result);
    }
  }
  return result;
}

function applySeriesOverride(series: ReadSeries, override: Fields, result: Overridden): void {
  const { spec } = series;
  if (number(override, 'yaxis') === 2) spec.axis = 'right';
  spec.color = readColor(raw(override, 'color')) ?? spec.color;
  if (flag(override, 'bars') === true) spec.drawAs = 'bar';
  if (text(override, 'transform') === 'negative-Y') result.negated.add(spec.id);
}
