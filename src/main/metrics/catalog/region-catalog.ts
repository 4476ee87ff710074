/** What metrics one region of a connection has: read page by page, kept on disk, read again after an hour. */
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type { CatalogState } from '../../../shared/metrics/catalog';
import { listOf } from '../../alarms/from-aws';
import type { RegionApi } from '../../aws/aws-api';
import { pages } from '../../aws/paging';
import type { CacheFolder } from '../cache-folder';
import { reasonOf } from '../cache-folder';
import { decodeCatalog, encodeCatalog } from './catalog-file';
import { lineOf, MetricIndex } from './metric-index';

export const MAX_METRICS = 200_000;
const REFRESH_MS = 3_600_000;
/** A region that failed is not asked again by every key typed (ms). */
const RETRY_MS = 30_000;
/** 500 metrics a page. */
const MAX_PAGES = MAX_METRICS / 500 + 10;
/** Reading goes on a while without anybody waiting, but not for ever (ms). */
const LIMIT_MS = 5 * 60_000;

export interface RegionCatalogParts {
  connectionId: string;
  region: string;
  api: () => Pick<RegionApi, 'listMetrics'>;
  folder: Pick<CacheFolder, 'read' | 'write' | 'drop'>;
  clock: Clock;
  onState: (state: CatalogState) => void;
  report: (problem: string) => void;
}

export class RegionCatalog {
  private index: MetricIndex | null = null;
  private known: CatalogState;
  private opened: Promise<void> | null = null;
  private reading: Promise<void> | null = null;
  private failedAt = -Infinity;
  /** Ends the reading that goes on. */
  private abort = new AbortController();
  private partial: { some: Promise<void>; told: () => void } = openPartial();

  constructor(private readonly parts: RegionCatalogParts) {
    const { connectionId, region } = parts;
    this.known = {
      connectionId,
      region,
      phase: 'idle',
      count: 0,
      truncated: false,
      asOf: null,
      failure: null,
    };
  }

  get state(): CatalogState {
    return this.known;
  }

  /**
   * What is known; the first time it is waited for, wholly or until there is something to show. Old knowledge
   * is answered at once and renewed beside it. Rejects with a `FailureError` when nothing is known and the region does not answer.
   */
  async ready(signal: AbortSignal, wanted: 'some' | 'all'): Promise<MetricIndex> {
    this.opened ??= this.open();
    await this.opened;
    const { clock } = this.parts;
    const old = this.known.asOf === null || clock.now() - this.known.asOf >= REFRESH_MS;
    if (old && this.reading === null && clock.now() - this.failedAt >= RETRY_MS) {
      this.reading = this.read().finally(() => {
        this.reading = null;
      });
    }
    if (this.known.asOf === null && this.reading !== null) {
      const enough =
        wanted === 'all' ? this.reading : Promise.race([this.reading, this.partial.some]);
      await orAbort(enough, signal);
    }
    if (this.known.asOf === null && this.known.failure !== null) {
      throw new FailureError(this.known.failure);
    }
    this.index ??= await MetricIndex.build([]);
    return this.index;
  }

  /** Ends what is being read; what was read is written. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.reading;
  }

  private async open(): Promise<void> {
    const { folder, report } = this.parts;
    try {
      const file = await folder.read(this.key());
      const kept = file === null ? null : await decodeCatalog(this.key(), file);
      if (kept === null) return;
      this.index = await MetricIndex.build(kept.lines);
      this.tell({
        phase: 'ready',
        count: this.index.size,
        asOf: kept.asOf,
        truncated: kept.truncated,
      });
    } catch (error) {
      report(`The cached list of metrics was damaged and dropped: ${reasonOf(error)}`);
      await folder.drop(this.key());
    }
  }

  /** Never rejects: what was known stays, with the failure beside it. */
  private async read(): Promise<void> {
    const { clock, connectionId } = this.parts;
    const lines = new Set<string>();
    const abort = new AbortController();
    this.abort = abort;
    this.partial = openPartial();
    const cancelLimit = clock.after(LIMIT_MS, () => abort.abort());
    let nextPartial = 1;
    const startedAt = clock.now();
    this.tell({ phase: 'loading' });
    try {
      const api = this.parts.api();
      const walk = pages((NextToken) => api.listMetrics({ NextToken }, abort.signal), {
        operation: 'ListMetrics',
        connectionId,
        maxPages: MAX_PAGES,
      });
      for await (const page of walk) {
        for (const { Namespace, MetricName, Dimensions } of listOf(page.Metrics)) {
          if (!isName(Namespace) || !isName(MetricName)) continue;
          const dimensions = listOf(Dimensions).flatMap(({ Name, Value }) =>
            isName(Name) && typeof Value === 'string' ? [{ name: Name, value: Value }] : [],
          );
          lines.add(lineOf({ namespace: Namespace, metricName: MetricName, dimensions }));
        }
        if (this.known.asOf === null && lines.size >= nextPartial) {
          // Each index costs its size, so there are few: searching is possible from the first page on.
          nextPartial = lines.size * 4;
          this.index = await MetricIndex.build([...lines]);
          this.partial.told();
        }
        if (this.known.asOf === null) this.tell({ count: lines.size });
        if (lines.size >= MAX_METRICS) break;
      }
      await this.keep([...lines].slice(0, MAX_METRICS), startedAt, lines.size >= MAX_METRICS);
    } catch (error) {
      this.failedAt = clock.now();
      const failure = error instanceof FailureError ? error.failure : unexpected(connectionId);
      if (!(error instanceof FailureError)) this.parts.report(`ListMetrics: ${reasonOf(error)}`);
      this.tell({ phase: 'failed', failure, count: this.index?.size ?? 0 });
    } finally {
      cancelLimit();
    }
  }

  private async keep(lines: string[], asOf: number, truncated: boolean): Promise<void> {
    const index = await MetricIndex.build(lines);
    this.index = index;
    this.tell({ phase: 'ready', count: index.size, asOf, truncated, failure: null });
    try {
      const bytes = await encodeCatalog(this.key(), { asOf, truncated }, index.text(), index.size);
      await this.parts.folder.write(this.key(), bytes);
    } catch (error) {
      this.parts.report(`The list of metrics could not be cached on disk: ${reasonOf(error)}`);
    }
  }

  private key(): string {
    return `${this.parts.connectionId}|${this.parts.region}`;
  }

  private tell(change: Partial<CatalogState>): void {
    this.known = { ...this.known, ...change };
    this.parts.onState(this.known);
  }
}

const unexpected = (connectionId: string) => ({
  kind: 'unknown' as const,
  connectionId,
  operation: 'ListMetrics',
  message: 'The list of metrics could not be read: something unexpected went wrong.',
  advice: 'Search again in a while; the log says more.',
});

/** Resolves with the promise, rejects with `cancelled` when the signal aborts first. */
function orAbort(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void =>
      reject(
        new FailureError({
          kind: 'cancelled',
          connectionId: null,
          operation: 'ListMetrics',
          message: 'ListMetrics was cancelled.',
          advice: 'Search again when you need it.',
        }),
      );
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

const isName = (text: unknown): text is string => typeof text === 'string' && text !== '';

function openPartial(): { some: Promise<void>; told: () => void } {
  let told = (): void => undefined;
  const some = new Promise<void>((resolve) => {
    told = resolve;
  });
  return { some, told: () => told() };
}
