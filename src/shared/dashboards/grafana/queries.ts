/** A panel's CloudWatch queries as the series of a widget. */
import type { SeriesSpec } from '../dashboard';
import { durationSeconds } from './durations';
import { asNumber, at, flag, raw, strings, text } from './fields';
import type { Fields } from './fields';
import { ALL, substitute, valuesOf } from './interpolate';
import type { Substitutions } from './interpolate';
import { dynamicLabel, QueryIds } from './labels';
import { needsSearch, searchExpression } from './search';
import type { TargetKind } from './targets';
import { regionOrNull } from './variable-query';
import { serverExpression } from './server-expression';

export interface PanelTarget {
  kind: TargetKind;
  fields: Fields;
}

/** A series and the query it came from, for overrides and alerts that name it. */
export interface ReadSeries {
  spec: SeriesSpec;
  refId: string;
  /** What Grafana calls the line, where that can be known here. */
  displayName: string;
}

export interface ReadQueries {
  series: ReadSeries[];
  problems: string[];
}

const LEGACY_DEFAULT_STAT = 'Average';

interface Context {
  known: Substitutions;
  ids: QueryIds;
  problems: string[];
}

/** Seconds; null for `auto`, empty and what cannot be read. */
function periodOf(target: Fields, known: Substitutions): number | null {
  const value = raw(target, 'period');
  const seconds =
    typeof value === 'string' ? durationSeconds(substitute(value, known)) : asNumber(value);
  return seconds === null || seconds < 1 ? null : Math.round(seconds);
}

function statsOf(target: Fields, known: Substitutions): string[] {
  const old = strings(target, 'statistics');
  const written = old.length > 0 ? old : [text(target, 'statistic') || LEGACY_DEFAULT_STAT];
  const stats = written.flatMap((stat) => valuesOf(stat, known) ?? [substitute(stat, known)]);
  return [...new Set(stats.map((stat) => (stat === ALL ? LEGACY_DEFAULT_STAT : stat)))];
}

function accountOf(target: Fields, known: Substitutions): string | null {
  const account = substitute(text(target, 'accountId'), known);
  return /^\d{12}$/.test(account) ? account : null;
}

function dimensionsOf(target: Fields, known: Substitutions): { name: string; values: string[] }[] {
  const dimensions = at(target, 'dimensions');
  return Object.keys(dimensions)
    .filter((name) => name !== '')
    .map((name) => {
      const value = raw(dimensions, name);
      const written = Array.isArray(value) ? value : [value];
      const values = written
        .filter((one): one is string => typeof one === 'string')
        .flatMap((one) => valuesOf(one, known) ?? [substitute(one, known)]);
      return { name: substitute(name, known), values };
    });
}

function labelOf(target: Fields, known: Substitutions): string | null {
  const written = text(target, 'label') || text(target, 'alias');
  return written === '' ? null : dynamicLabel(substitute(written, known));
}

function base(target: Fields, id: string, { known }: Context): SeriesSpec {
  return {
    id,
    metric: null,
    expression: null,
    label: labelOf(target, known),
    color: null,
    axis: 'left',
    visible: flag(target, 'hide') !== true,
    stat: LEGACY_DEFAULT_STAT,
    periodSeconds: periodOf(target, known),
    region: regionOrNull(substitute(text(target, 'region'), known)),
    accountId: accountOf(target, known),
    unit: null,
    drawAs: null,
  };
}

function metricSeries(target: Fields, context: Context): ReadSeries[] {
  const { known, ids } = context;
  const refId = text(target, 'refId');
  const stats = statsOf(target, known);
  return stats.map((stat, index) => {
    const own = text(target, 'id');
    const id = ids.take(index === 0 ? refId : `${refId}_${stat}`, index === 0 ? own : '');
    const spec = { ...base(target, id, context), stat };
    const wanted = {
      namespace: substitute(text(target, 'namespace'), known),
      metricName: substitute(text(target, 'metricName'), known),
      dimensions: dimensionsOf(target, known),
      matchExact: flag(target, 'matchExact') !== false,
      stat,
      periodSeconds: spec.periodSeconds,
    };
    const displayName = spec.label ?? `${wanted.metricName}_${stat}`;
    if (needsSearch(wanted)) {
      return { refId, displayName, spec: { ...spec, expression: searchExpression(wanted) } };
    }
    const metric = {
      namespace: wanted.namespace,
      metricName: wanted.metricName,
      dimensions: wanted.dimensions.map((one) => ({ name: one.name, value: one.values[0] ?? '' })),
    };
    return { refId, displayName, spec: { ...spec, metric } };
  });
}

function expressionSeries(target: Fields, written: string, context: Context): ReadSeries {
  const refId = text(target, 'refId');
  const id = context.ids.take(refId, text(target, 'id'));
  const put = substitute(written, context.known);
  const expression = isInsights(put) ? withoutAll(put) : put;
  const spec = { ...base(target, id, context), expression };
  return { refId, displayName: spec.label ?? refId, spec };
}

function readTarget(target: PanelTarget, context: Context): ReadSeries[] {
  switch (target.kind) {
    case 'metric':
      return metricSeries(target.fields, context);
    case 'expression':
      return [expressionSeries(target.fields, text(target.fields, 'expression'), context)];
    case 'insights':
      return [expressionSeries(target.fields, text(target.fields, 'sqlExpression'), context)];
    case 'server-expression': {
      const read = serverExpression(target.fields);
      if (read.problem !== null) context.problems.push(read.problem);
      return read.expression === null
        ? []
        : [expressionSeries(target.fields, read.expression, context)];
    }
    default:
      return [];
  }
}

/** SQL has no wildcard: a condition on "all" is left out. */
function withoutAll(sql: string): string {
  const condition = String.raw`"?[\w.:-]{1,255}"?\s{0,9}=\s{0,9}'\*'`;
  return sql
    .replace(new RegExp(String.raw`\s+AND\s+${condition}`, 'gi'), '')
    .replace(new RegExp(String.raw`${condition}\s+AND\s+`, 'gi'), '')
    .replace(new RegExp(String.raw`\s+WHERE\s+${condition}`, 'gi'), '');
}

const isInsights = (expression: string): boolean => /^\s*SELECT\b/i.test(expression);

/** All series of a panel; expressions call each other by the ids that CloudWatch will see. */
export function readQueries(targets: PanelTarget[], known: Substitutions): ReadQueries {
  const context: Context = { known, ids: new QueryIds(), problems: [] };
  const kinds = new Map<string, TargetKind>();
  const series = targets.flatMap((target) => {
    const read = readTarget(target, context);
    for (const one of read) kinds.set(one.spec.id, target.kind);
    return read;
  });
  for (const { spec } of series) {
    const kind = kinds.get(spec.id);
    if (spec.expression === null || isInsights(spec.expression)) continue;
    if (kind === 'server-expression') spec.expression = context.ids.renameServer(spec.expression);
    else if (kind === 'expression') spec.expression = context.ids.rename(spec.expression);
  }
  return { series, problems: context.problems };
}
