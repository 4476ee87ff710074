/** Charts to begin with where nothing is chosen yet: searches, so that they fit any account. */
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { addExpression, emptyScratch } from './scratch';

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
];

export function startedWith(point: StartingPoint): MetricWidget {
  return addExpression({ ...emptyScratch(), title: point.title }, point.expression);
}

/** Those the account has something for first; all of them while it is not known. */
export function fittingPoints(namespaces: readonly string[]): StartingPoint[] {
  const fits = startingPoints.filter((point) => namespaces.includes(point.namespace));
  return (fits.length > 0 ? fits : [...startingPoints]).slice(0, 4);
}
