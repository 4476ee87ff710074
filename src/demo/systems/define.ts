import type { Comparison, Dim, MetricQuery, MissingData } from '../model';
import type { MetricSpec } from '../metrics/metric-source';

/** An alarm of the demo's stock, in the words of SYSTEMS.md's tables. */
export interface AlarmDefinition {
  name: string;
  description: string;
  namespace: string;
  metricName: string;
  dimensions: Dim[];
  stat: string;
  /** Seconds. */
  period: number;
  periods: number;
  datapointsToAlarm?: number;
  comparison: Comparison;
  threshold: number;
  missing?: MissingData;
  alarmActions: string[];
  okActions?: string[];
  tags: Record<string, string>;
  actionsEnabled?: boolean;
  /** Metric math instead of a plain metric. */
  metrics?: MetricQuery[];
}

export interface CompositeDefinition {
  name: string;
  description: string;
  rule: string;
  alarmActions: string[];
  okActions?: string[];
  suppressor?: string;
  tags: Record<string, string>;
}

/** Something that was or is going on when the demo starts; minutes before the start. */
export interface PastIncident {
  metric: { namespace: string; metricName: string; dimensions: Dim[] };
  fromMinutes: number;
  /** Null: goes on. */
  toMinutes: number | null;
  value: number;
}

/** One account's stock in one region. */
export interface SystemDefinition {
  accountId: string;
  region: string;
  metrics: MetricSpec[];
  alarms: AlarmDefinition[];
  composites: CompositeDefinition[];
  past: PastIncident[];
}

export const dims = (values: Record<string, string>): Dim[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

type Shape = Partial<Omit<MetricSpec, 'namespace' | 'metricName' | 'dimensions' | 'base'>>;

/** An averaged metric. */
export const gauge = (
  namespace: string,
  metricName: string,
  dimensions: Record<string, string>,
  base: number,
  shape: Shape = {},
): MetricSpec => ({
  namespace,
  metricName,
  dimensions: dims(dimensions),
  base,
  unit: 'None',
  daily: 0.2,
  noise: 0.08,
  kind: 'gauge',
  samples: 1,
  everyMinutes: 1,
  ...shape,
});

/** A counted metric; `base` per datapoint. */
export const count = (
  namespace: string,
  metricName: string,
  dimensions: Record<string, string>,
  base: number,
  shape: Shape = {},
): MetricSpec =>
  gauge(namespace, metricName, dimensions, base, {
    unit: 'Count',
    kind: 'count',
    daily: 0.4,
    noise: 0.15,
    ...shape,
  });

export const topic = (accountId: string, region: string, name: string): string =>
  `arn:aws:sns:${region}:${accountId}:${name}`;
