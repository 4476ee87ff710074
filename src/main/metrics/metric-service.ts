import { join } from 'node:path';
import type { Alarm } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import type { Failure } from '../../shared/failure';
import type { CatalogState, MetricSearch } from '../../shared/metrics/catalog';
import type { Freshness, MetricBudget, QueryGroup, SeriesSet } from '../../shared/metrics/query';
import type { RelatedMetrics } from '../../shared/metrics/related';
import type { Settings } from '../../shared/settings/settings';
import type { RegionApi } from '../aws/aws-api';
import { billedMetrics } from '../aws/billed-metrics';
import { Listeners } from '../incidents/listeners';
import type { ChoiceQuestion, MetricQuestion, MetricService } from '../seams';
import { Asker } from './asker';
import { MetricCatalog } from './catalog/metric-catalog';
import { CacheFolder } from './cache-folder';
import { SeriesCache } from './series-cache';
import { relatedMetrics } from './related/related';
import { SeriesSource } from './series-source';
import { Spending } from './spending';

export interface MetricServiceParts {
  /** The API of a connection's region; throws `AwsFailure` when there is none. */
  apiOf: (connectionId: string, region: string) => RegionApi;
  connections: () => readonly Connection[];
  settings: () => Settings;
  /** Every alarm that the console knows. */
  alarms: () => Iterable<Alarm>;
  clock: Clock;
  /** Folder of the cache on disk; made when it is missing. */
  cacheDir: string;
  report: (problem: string) => void;
}

/** A week of 5-minute points is 16 KB: thousands of series. */
const MAX_DISK_BYTES = 64 * 1024 * 1024;
const MAX_MEMORY_BYTES = 96 * 1024 * 1024;

const pausedFailure = (connectionId: string): Failure => ({
  kind: 'paused',
  connectionId,
  operation: 'GetMetricData',
  message: 'Metric queries are paused: the cost cap you set for an hour is reached.',
  advice: 'Resume for an hour, or raise the cap in the settings.',
});

/** Metric queries of the window: batched, cached, counted. */
export class CloudWatchMetricService implements MetricService {
  private readonly spending: Spending;
  private readonly source: SeriesSource;
  private readonly cache: SeriesCache;
  private readonly catalog: MetricCatalog;
  private readonly budgetListeners = new Listeners<MetricBudget>();
  private readonly catalogListeners = new Listeners<CatalogState>();

  constructor(private readonly parts: MetricServiceParts) {
    const { clock, report } = parts;
    this.spending = new Spending({
      clock,
      cap: () => parts.settings().metrics.capUsdPerHour,
      onChange: (budget) => this.budgetListeners.tell(budget),
      report,
    });
    this.catalog = new MetricCatalog({
      apiOf: parts.apiOf,
      clock,
      cacheDir: parts.cacheDir,
      onState: (state) => this.catalogListeners.tell(state),
      report,
    });
    this.cache = new SeriesCache({
      folder: new CacheFolder(join(parts.cacheDir, 'series'), 'series', MAX_DISK_BYTES, report),
      clock,
      maxMemoryBytes: MAX_MEMORY_BYTES,
      report,
    });
    this.source = new SeriesSource({
      asker: new Asker((id, region) => this.countedApi(id, region), clock),
      store: this.cache,
      clock,
      isPaused: () => this.spending.budget().paused,
      pausedFailure,
      report,
    });
  }

  query(group: QueryGroup, freshness: Freshness, signal: AbortSignal): Promise<SeriesSet> {
    return this.source.query(group, freshness, signal);
  }

  /** The API of a region whose metric queries count towards the budget. */
  countedApi(connectionId: string, region: string): RegionApi {
    const api = this.parts.apiOf(connectionId, region);
    return {
      ...api,
      getMetricData: async (input, signal) => {
        const answer = await api.getMetricData(input, signal);
        this.spending.spent(billedMetrics(input, answer));
        return answer;
      },
    };
  }

  budget(): MetricBudget {
    return this.spending.budget();
  }

  resume(): MetricBudget {
    return this.spending.resume();
  }

  search(question: MetricQuestion, signal: AbortSignal): Promise<MetricSearch> {
    return this.catalog.search(question, signal);
  }

  choices(question: ChoiceQuestion, signal: AbortSignal): Promise<string[]> {
    return this.catalog.choices(question, signal);
  }

  related(
    alarm: Alarm,
    startMs: number,
    endMs: number,
    signal: AbortSignal,
  ): Promise<RelatedMetrics> {
    const { catalog, source } = this;
    const { clock, alarms } = this.parts;
    const parts = { catalog, source, clock, alarms };
    return relatedMetrics(parts, alarm, startMs, endMs, signal);
  }

  onBudget(listener: (budget: MetricBudget) => void): () => void {
    return this.budgetListeners.add(listener);
  }

  onCatalog(listener: (state: CatalogState) => void): () => void {
    return this.catalogListeners.add(listener);
  }

  async stop(): Promise<void> {
    this.spending.stop();
    await Promise.all([this.catalog.stop(), this.cache.stop()]);
  }
}
