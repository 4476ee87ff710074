/** Alerts that old graph panels carry, as rules the console evaluates itself. */
import type { LocalRule } from '../../local-rules/local-rule';
import type { MetricQuery } from '../../metrics/query';
import type { MetricWidget, SeriesSpec } from '../dashboard';
import { durationSeconds } from './durations';
import { at, list, number, objects, text } from './fields';
import type { Fields } from './fields';

export interface ReadAlert {
  rule: LocalRule | null;
  /** One sentence on what of the alert does not carry over; null: all of it does. */
  problem: string | null;
}

const MAX_QUERIES = 20;
const DEFAULT_PERIOD_S = 300;

function toQuery(spec: SeriesSpec, watchedId: string): MetricQuery {
  return {
    id: spec.id,
    metric: spec.metric,
    expression: spec.expression,
    stat: spec.metric === null ? null : spec.stat,
    unit: spec.unit,
    periodSeconds: spec.periodSeconds ?? DEFAULT_PERIOD_S,
    label: spec.label,
    accountId: spec.accountId,
    returnData: spec.id === watchedId,
  };
}

function reducerOf(condition: Fields): LocalRule['reducer'] | null {
  const type = text(at(condition, 'reducer'), 'type') || 'avg';
  switch (type) {
    case 'avg':
    case 'min':
    case 'max':
    case 'sum':
    case 'last':
      return type;
    default:
      return null;
  }
}

function noDataOf(alert: Fields): LocalRule['noData'] {
  switch (text(alert, 'noDataState')) {
    case 'alerting':
      return 'alarm';
    case 'ok':
      return 'ok';
    case 'keep_state':
      return 'keep';
    default:
      return 'no-data';
  }
}

const within = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, Math.round(value)));

/** The watched series and what its expression may name; the lines made from it only for drawing are not. */
function inputsOf(watched: SeriesSpec, all: readonly SeriesSpec[]): SeriesSpec[] {
  if (watched.expression === null) return [watched];
  const others = all.filter((spec) => spec !== watched && watched.expression?.includes(spec.id));
  return [watched, ...others].slice(0, MAX_QUERIES);
}

/**
 * The rule an alert of a panel describes. Its connection and region are empty where the file names
 * none: whoever adds it chooses them.
 * @param specOf finds the series of a query by its letter
 */
export function readAlert(
  panel: Fields,
  widget: MetricWidget,
  specOf: (refId: string) => SeriesSpec | null,
): ReadAlert {
  const alert = at(panel, 'alert');
  const conditions = objects(alert, 'conditions');
  const name = text(alert, 'name') || `${text(panel, 'title')} alert`;
  const no = (reason: string): ReadAlert => ({
    rule: null,
    problem: `Grafana's alert "${name}" is not offered as a rule: ${reason}.`,
  });
  const [condition] = conditions;
  if (!condition) return no('it has no condition');
  if (conditions.length > 1) return no('it joins several conditions');
  const params = list(at(condition, 'query'), 'params').map(String);
  const watched = specOf(params[0] ?? '');
  if (!watched) return no(`it watches query ${params[0] ?? ''}, which CloudWatch does not answer`);
  const reducer = reducerOf(condition);
  if (reducer === null) return no('it reduces the values in a way Nightdesk has not');
  const evaluator = at(condition, 'evaluator');
  const limit = number({ limit: list(evaluator, 'params')[0] }, 'limit');
  const kind = text(evaluator, 'type');
  if (limit === null || (kind !== 'gt' && kind !== 'lt'))
    return no('its condition is no simple limit');
  const rule = {
    id: `grafana-${widget.id}`,
    name: name.slice(0, 200),
    description: text(alert, 'message').slice(0, 2_000),
    enabled: text(alert, 'state') !== 'paused',
    connectionId: '',
    region: watched.region ?? '',
    queries: inputsOf(watched, widget.series).map((spec) => toQuery(spec, watched.id)),
    watchedId: watched.id,
    reducer,
    windowSeconds: within(durationSeconds(params[1] ?? '') ?? 300, 60, 86_400),
    comparison: kind === 'gt' ? '>' : '<',
    threshold: limit,
    forSeconds: within(durationSeconds(text(alert, 'for')) ?? 0, 0, 86_400),
    everySeconds: within(durationSeconds(text(alert, 'frequency')) ?? 60, 30, 3_600),
    noData: noDataOf(alert),
    severity: 'warning',
  } satisfies LocalRule;
  return { rule, problem: null };
}
