/** Tells what a panel's query is and whom it asks. */
import { has, isFields, raw, text } from './fields';
import type { Fields } from './fields';

export type TargetKind =
  /** Metric of CloudWatch picked field by field. */
  | 'metric'
  /** Metric math or a SEARCH that CloudWatch evaluates. */
  | 'expression'
  /** Metrics Insights. */
  | 'insights'
  /** CloudWatch Logs Insights. */
  | 'logs'
  /** Grafana's own expressions over other queries. */
  | 'server-expression'
  /** Nothing was asked. */
  | 'empty'
  /** Another data source, or a query of CloudWatch's that is no series. */
  | 'other';

const CLOUDWATCH = 'cloudwatch';

function sourceType(source: unknown, known: ReadonlyMap<string, string>): string | null {
  if (isFields(source)) {
    const type = text(source, 'type');
    const uid = text(source, 'uid');
    if (type !== '') return type;
    return uid === '' ? null : named(uid, known);
  }
  return typeof source === 'string' && source !== '' ? named(source, known) : null;
}

/** A reference to a data source variable or import input; a plain name says nothing of the type. */
function named(written: string, known: ReadonlyMap<string, string>): string | null {
  const name = /^\$\{?([^{}]+?)\}?$/.exec(written)?.[1];
  return name === undefined ? null : (known.get(name) ?? null);
}

/** Type of the data source a query asks, where the file lets it be known. */
export function dataSourceOf(
  target: Fields | null,
  panel: Fields,
  known: ReadonlyMap<string, string>,
): string | null {
  const own = target === null ? null : sourceType(raw(target, 'datasource'), known);
  const type = own ?? sourceType(raw(panel, 'datasource'), known);
  return type === 'datasource' || type === 'mixed' ? null : type;
}

/** What kind of query it is; the shape decides where the data source's type is not known. */
export function kindOf(
  target: Fields,
  panel: Fields,
  known: ReadonlyMap<string, string>,
): TargetKind {
  const type = dataSourceOf(target, panel, known);
  if (type === '__expr__') return 'server-expression';
  if (type !== null && type !== CLOUDWATCH) return 'other';
  if (has(target, 'expr') || has(target, 'rawSql') || has(target, 'timeSeriesList')) return 'other';
  const mode = text(target, 'queryMode');
  if (mode === 'Logs') return has(target, 'expression') ? 'logs' : 'empty';
  if (mode !== '' && mode !== 'Metrics') return 'other';
  const code = raw(target, 'metricEditorMode') === 1;
  if (raw(target, 'metricQueryType') === 1) {
    return has(target, 'sqlExpression') ? 'insights' : metricKind(target);
  }
  if (has(target, 'expression') && (code || raw(target, 'metricEditorMode') !== 0)) {
    return 'expression';
  }
  return metricKind(target);
}

function metricKind(target: Fields): TargetKind {
  if (has(target, 'namespace') && has(target, 'metricName')) return 'metric';
  if (has(target, 'expression')) return 'expression';
  return 'empty';
}
