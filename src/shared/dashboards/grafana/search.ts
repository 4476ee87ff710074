/**
 * A metric with wildcards, several values or inexact dimensions as a SEARCH, as Grafana asks it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
import { ALL } from './interpolate';

export interface WantedMetric {
  namespace: string;
  metricName: string;
  /** Values wanted of each dimension; `*` is any. */
  dimensions: readonly { name: string; values: readonly string[] }[];
  matchExact: boolean;
  stat: string;
  /** Seconds; null: as the widget asks. */
  periodSeconds: number | null;
}

/** Whether one metric cannot say it. */
export function needsSearch(wanted: WantedMetric): boolean {
  return (
    !wanted.matchExact ||
    wanted.dimensions.some((one) => one.values.length !== 1 || one.values.includes(ALL))
  );
}

function escape(value: string): string {
  return value.replaceAll('"', '\\"').replaceAll("'", "\\'");
}

const quote = (value: string): string => `"${escape(value)}"`;

export function searchExpression(wanted: WantedMetric): string {
  const names = wanted.dimensions.map((one) => one.name).sort();
  const given = wanted.dimensions.filter(
    (one) => one.values.length > 0 && !one.values.includes(ALL),
  );
  const terms = [
    `MetricName=${quote(wanted.metricName)}`,
    ...given.map((one) => {
      const values = one.values.map(quote).join(' OR ');
      return `${quote(one.name)}=${one.values.length > 1 ? `(${values})` : values}`;
    }),
  ];
  if (!wanted.matchExact) {
    const any = wanted.dimensions.filter((one) => !given.includes(one)).map((one) => one.name);
    terms.unshift(`Namespace=${quote(wanted.namespace)}`);
    terms.push(...any.map(quote));
  } else {
    terms.unshift(`{${[wanted.namespace, ...names].map(schemaName).join(',')}}`);
  }
  const period = wanted.periodSeconds === null ? '' : `, ${wanted.periodSeconds}`;
  return `REMOVE_EMPTY(SEARCH('${terms.join(' ')}', '${wanted.stat}'${period}))`;
}

/** Names with anything but letters, digits and `/` are quoted in a schema. */
function schemaName(name: string): string {
  return /^[\w/]+$/.test(name) ? name : quote(name);
}
