import type { Alarm } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import { FailureError } from '../../shared/failure';
import type { CatalogState, MetricSearch } from '../../shared/metrics/catalog';
import type { Freshness, MetricBudget, QueryGroup, SeriesSet } from '../../shared/metrics/query';
import type { RelatedMetrics } from '../../shared/metrics/related';
import type { Settings } from '../../shared/settings/settings';
import type { RegionApi } from '../aws/aws-api';
import type { ChoiceQuestion, MetricQuestion, MetricService } from '../seams';

export interface MetricServiceParts {
  /** The API of a connection's region; throws `AwsFailure` when there is none. */
  apiOf: (connectionId: string, region: string) => RegionApi;
  connections: () => readonly Connection[];
  settings: () => Settings;
  clock: Clock;
  /** Folder of the cache on disk; made when it is missing. */
  cacheDir: string;
  report: (problem: string) => void;
}

const later = (): FailureError =>
  new FailureError({
    kind: 'unknown',
    connectionId: null,
    operation: 'metrics',
    message: 'Metric queries are not there yet.',
    advice: '',
  });

export class CloudWatchMetricService implements MetricService {
  constructor(private readonly parts: MetricServiceParts) {}

  query(_group: QueryGroup, _freshness: Freshness, _signal: AbortSignal): Promise<SeriesSet> {
    return Promise.reject(later());
  }

  budget(): MetricBudget {
    const { capUsdPerHour } = this.parts.settings().metrics;
    return { spentUsd: 0, capUsd: capUsdPerHour, paused: false, resumesAt: null };
  }

  resume(): MetricBudget {
    return this.budget();
  }

  search(_question: MetricQuestion, _signal: AbortSignal): Promise<MetricSearch> {
    return Promise.reject(later());
  }

  choices(_question: ChoiceQuestion, _signal: AbortSignal): Promise<string[]> {
    return Promise.reject(later());
  }

  related(
    _alarm: Alarm,
    _startMs: number,
    _endMs: number,
    _signal: AbortSignal,
  ): Promise<RelatedMetrics> {
    return Promise.reject(later());
  }

  onBudget(_listener: (budget: MetricBudget) => void): () => void {
    return () => undefined;
  }

  onCatalog(_listener: (state: CatalogState) => void): () => void {
    return () => undefined;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
