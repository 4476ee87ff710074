import { metricKey, type MetricSource } from '../metrics/metric-source';
import { dims } from '../systems/define';
import { MINUTE } from './event';

/** One metric, asked minute by minute: what the alarms see is what the records tell. */
export class Probe {
  private readonly key: string;

  constructor(
    private readonly metrics: MetricSource,
    namespace: string,
    metricName: string,
    dimensions: Record<string, string>,
  ) {
    this.key = metricKey(namespace, metricName, dims(dimensions));
  }

  /** Sum over the minute; 0 where nothing was published. */
  sum(minute: number, now: number): number {
    return this.metrics.window(this.key, minute, minute + MINUTE, now)?.sum ?? 0;
  }

  /** Average over the minute; null where nothing was published. */
  average(minute: number, now: number): number | null {
    const sample = this.metrics.window(this.key, minute, minute + MINUTE, now);
    return sample === null ? null : sample.sum / Math.max(1, sample.count);
  }
}
