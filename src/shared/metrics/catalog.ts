import type { Failure } from '../failure';

/** How far ListMetrics of one connection and region has been read. */
export interface CatalogState {
  connectionId: string;
  region: string;
  phase: 'idle' | 'loading' | 'ready' | 'failed';
  /** Metrics known so far. */
  count: number;
  /** Stopped at the console's own limit: there are more. */
  truncated: boolean;
  asOf: number | null;
  failure: Failure | null;
}

export interface NamespaceCount {
  namespace: string;
  metrics: number;
}

/** Answer of a search; rows are `MetricId[]` as JSON. */
export interface MetricSearch {
  state: CatalogState;
  /** Matches in all, of which `rowsJson` holds the first. */
  total: number;
  rowsJson: string;
  namespaces: NamespaceCount[];
}
