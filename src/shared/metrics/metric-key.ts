import type { MetricId } from './query';

/** A metric's identity as one text: the same whatever the order of its dimensions. */
export function metricKey({ namespace, metricName, dimensions }: MetricId): string {
  const sorted = dimensions.map(({ name, value }) => `${name}=${value}`).toSorted();
  return JSON.stringify([namespace, metricName, sorted]);
}
