/** Charts to begin with where nothing is chosen yet: searches, so that they fit any account. */
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { addExpression, emptyScratch } from './scratch';
import type { At } from './scratch';

export interface StartingPoint {
  title: string;
  text: string;
  expression: string;
  /** Namespace that must be there for it to show anything. */
  namespace: string;
}

export const startingPoints: readonly StartingPoint[] = [
  {
    title: 'Load balancer errors',
    text: '5XX answers of every target, summed per load balancer',
    namespace: 'AWS/ApplicationELB',
    expression: `SEARCH('{AWS/ApplicationELB,LoadBalancer} MetricName="HTTPCode_Target_5XX_Count"', 'Sum')`,
  },
  {
    title: 'Response time',
    text: 'p99 of every load balancer',
    namespace: 'AWS/ApplicationELB',
    expression: `SEARCH('{AWS/ApplicationELB,LoadBalancer} MetricName="TargetResponseTime"', 'p99')`,
  },
  {
    title: 'Lambda errors',
    text: 'The ten functions that fail most',
    namespace: 'AWS/Lambda',
    expression: `SORT(SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum'), SUM, DESC, 10)`,
  },
  {
    title: 'Database load',
    text: 'CPU of every RDS instance',
    namespace: 'AWS/RDS',
    expression: `SEARCH('{AWS/RDS,DBInstanceIdentifier} MetricName="CPUUtilization"', 'Average')`,
  },
  {
    title: 'Queue age',
    text: 'Oldest message of every queue',
    namespace: 'AWS/SQS',
    expression: `SEARCH('{AWS/SQS,QueueName} MetricName="ApproximateAgeOfOldestMessage"', 'Maximum')`,
  },
  {
    title: 'Containers',
    text: 'CPU of every ECS service',
    namespace: 'AWS/ECS',
    expression: `SEARCH('{AWS/ECS,ClusterName,ServiceName} MetricName="CPUUtilization"', 'Average')`,
  },
  {
    title: 'Busiest functions, in SQL',
    text: 'A Metrics Insights query over every function',
    namespace: 'AWS/Lambda',
    expression:
      'SELECT SUM(Invocations) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY SUM() DESC LIMIT 10',
  },
  {
    title: 'Busiest instances, in SQL',
    text: 'A Metrics Insights query over every EC2 instance',
    namespace: 'AWS/EC2',
    expression:
      'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId ORDER BY MAX() DESC LIMIT 10',
  },
];

const COUNTED = new Set(['Sum', 'SampleCount']);

/** A Metrics Insights query to begin with: over the chart's first metric where it has one. */
export function firstQuery(widget: MetricWidget): string {
  const spec = widget.series.find(({ metric }) => metric !== null);
  const group = spec?.metric?.dimensions[0]?.name;
  if (spec === undefined || spec.metric === null || group === undefined) {
    return 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId ORDER BY MAX() DESC LIMIT 10';
  }
  const { namespace, metricName, dimensions } = spec.metric;
  const by = COUNTED.has(spec.stat) ? 'SUM' : 'AVG';
  const names = dimensions.map(({ name }) => sqlName(name)).join(', ');
  return `SELECT ${by}(${sqlName(metricName)}) FROM SCHEMA("${namespace}", ${names}) GROUP BY ${sqlName(group)} ORDER BY ${by}() DESC LIMIT 10`;
}

/** Names with other characters are quoted. */
function sqlName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`;
}

export function startedWith(point: StartingPoint, at: At): MetricWidget {
  return addExpression({ ...emptyScratch(), title: point.title }, point.expression, at);
}

/** Those the account has something for first; all of them while it is not known. */
export function fittingPoints(namespaces: readonly string[]): StartingPoint[] {
  const fits = startingPoints.filter((point) => namespaces.includes(point.namespace));
  return (fits.length > 0 ? fits : [...startingPoints]).slice(0, 6);
}
