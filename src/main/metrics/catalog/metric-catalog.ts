/** The metrics of every connection and region that anybody asked for. */
import { join } from 'node:path';
import type { Clock } from '../../../shared/clock';
import type { CatalogState, MetricSearch } from '../../../shared/metrics/catalog';
import type { RegionApi } from '../../aws/aws-api';
import type { ChoiceQuestion, MetricQuestion } from '../../seams';
import { CacheFolder } from '../cache-folder';
import type { MetricIndex } from './metric-index';
import { RegionCatalog } from './region-catalog';

const MAX_DISK_BYTES = 64 * 1024 * 1024;
const MAX_CHOICES = 1_000;

export interface CatalogParts {
  apiOf: (connectionId: string, region: string) => Pick<RegionApi, 'listMetrics'>;
  clock: Clock;
  cacheDir: string;
  onState: (state: CatalogState) => void;
  report: (problem: string) => void;
}

export class MetricCatalog {
  private readonly regions = new Map<string, RegionCatalog>();
  private readonly folder: CacheFolder;

  constructor(private readonly parts: CatalogParts) {
    this.folder = new CacheFolder(
      join(parts.cacheDir, 'catalog'),
      'metrics',
      MAX_DISK_BYTES,
      parts.report,
    );
  }

  /** Rejects with a `FailureError` when nothing is known and the region does not answer. */
  async search(question: MetricQuestion, signal: AbortSignal): Promise<MetricSearch> {
    const region = this.regionOf(question.connectionId, question.region);
    const index = await region.ready(signal, 'some');
    const { total, rows } = index.search(question.text, question.namespace, question.limit);
    return {
      state: region.state,
      total,
      rowsJson: JSON.stringify(rows),
      namespaces: index.namespaces(),
    };
  }

  async choices(question: ChoiceQuestion, signal: AbortSignal): Promise<string[]> {
    const index = await this.indexOf(question.connectionId, question.region, signal);
    const { namespace, metricName, dimension, filters } = question;
    return index.choices(namespace, metricName, dimension, filters, MAX_CHOICES);
  }

  indexOf(connectionId: string, region: string, signal: AbortSignal): Promise<MetricIndex> {
    return this.regionOf(connectionId, region).ready(signal, 'all');
  }

  async stop(): Promise<void> {
    await Promise.all([...this.regions.values()].map((region) => region.stop()));
  }

  private regionOf(connectionId: string, region: string): RegionCatalog {
    const key = `${connectionId}|${region}`;
    const known = this.regions.get(key);
    if (known !== undefined) return known;
    const { apiOf, clock, onState, report } = this.parts;
    const made = new RegionCatalog({
      connectionId,
      region,
      api: () => apiOf(connectionId, region),
      folder: this.folder,
      clock,
      onState,
      report,
    });
    this.regions.set(key, made);
    return made;
  }
}
