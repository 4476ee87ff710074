/** A metric service over real sessions to an endpoint, for the tests of this folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoAws } from '../../../src/demo';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { createConnectionSession } from '../../../src/main/aws/connection-session';
import type { ConnectionSession } from '../../../src/main/aws/connection-session';
import { CloudWatchMetricService } from '../../../src/main/metrics/metric-service';
import { systemClock } from '../../../src/shared/clock';
import type { Alarm } from '../../../src/shared/alarms/alarm';
import type { Clock } from '../../../src/shared/clock';
import type { Connection } from '../../../src/shared/connections/connection';
import type {
  MetricBudget,
  MetricQuery,
  QueryGroup,
  SeriesHead,
  SeriesSet,
} from '../../../src/shared/metrics/query';
import type { CatalogState } from '../../../src/shared/metrics/catalog';
import { defaultSettings } from '../../../src/shared/settings/defaults';
import { demoConnection } from '../../support/alarm-service';

export const HOUR = 3_600_000;

/** Real time, moved on by what a test says. */
export function movableClock(): Clock & { move(ms: number): void } {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    after: systemClock.after,
    move: (ms) => {
      offset += ms;
    },
  };
}

export const never = (): AbortSignal => new AbortController().signal;

export interface ServiceOptions {
  clock?: Clock;
  /** Kept over restarts; made and removed when left out. */
  cacheDir?: string;
  capUsdPerHour?: number | null;
  connections?: Connection[];
  /** What the console watches beside. */
  alarms?: Alarm[];
}

export async function startService(endpoint: string, options: ServiceOptions = {}) {
  const clock = options.clock ?? systemClock;
  const cacheDir = options.cacheDir ?? (await mkdtemp(join(tmpdir(), 'nightdesk-metrics-')));
  const connections = options.connections ?? [demoConnection(endpoint)];
  const budget = new RateBudget(systemClock);
  const sessions = new Map<string, ConnectionSession>();
  for (const connection of connections) {
    const askMfa = () => Promise.reject(new Error('no MFA here'));
    const session = createConnectionSession({ connection, clock: systemClock, budget, askMfa });
    sessions.set(connection.id, session);
  }
  const problems: string[] = [];
  const budgets: MetricBudget[] = [];
  const catalog: CatalogState[] = [];
  const settings = defaultSettings('tester', []);
  settings.metrics.capUsdPerHour = options.capUsdPerHour ?? null;
  const service = new CloudWatchMetricService({
    apiOf: (id, region) => {
      const session = sessions.get(id);
      if (session === undefined) throw new Error(`no connection ${id}`);
      return session.api(region);
    },
    connections: () => connections,
    settings: () => settings,
    clock,
    alarms: () => options.alarms ?? [],
    cacheDir,
    report: (problem) => {
      console.warn(problem);
      problems.push(problem);
    },
  });
  service.onBudget((one) => void budgets.push(one));
  service.onCatalog((state) => void catalog.push(state));
  return {
    service,
    sessions,
    problems,
    budgets,
    catalog,
    settings,
    cacheDir,
    async stop() {
      await service.stop();
      for (const session of sessions.values()) session.destroy();
      if (options.cacheDir === undefined) await rm(cacheDir, { recursive: true, force: true });
    },
  };
}

const DIMENSIONS: Record<string, [string, string][]> = {
  'AWS/RDS': [['DBInstanceIdentifier', 'crm-production']],
  'AWS/ApplicationELB': [['LoadBalancer', 'app/crm-production-alb/50dc6c495c0c9188']],
};

export function metricQuery(
  id: string,
  namespace: string,
  metricName: string,
  more: Partial<MetricQuery> & { dimensions?: [string, string][] } = {},
): MetricQuery {
  const { dimensions, ...rest } = more;
  return {
    id,
    metric: {
      namespace,
      metricName,
      dimensions: (dimensions ?? DIMENSIONS[namespace] ?? []).map(([name, value]) => ({
        name,
        value,
      })),
    },
    expression: null,
    stat: 'Average',
    unit: null,
    periodSeconds: 300,
    label: null,
    accountId: null,
    returnData: true,
    ...rest,
  };
}

export const mathQuery = (
  id: string,
  expression: string,
  more: Partial<MetricQuery> = {},
): MetricQuery => ({
  id,
  metric: null,
  expression,
  stat: null,
  unit: null,
  periodSeconds: null,
  label: null,
  accountId: null,
  returnData: true,
  ...more,
});

export const groupOf = (
  queries: MetricQuery[],
  startMs: number,
  endMs: number,
  more: Partial<QueryGroup> = {},
): QueryGroup => ({
  connectionId: 'demo',
  region: 'us-east-1',
  queries,
  startMs,
  endMs,
  labelOffset: '+0000',
  ...more,
});

export const headsOf = (set: SeriesSet): SeriesHead[] => JSON.parse(set.headsJson);

/** Values of one series by its key; throws when the set has none. */
export function valuesOf(set: SeriesSet, key: string): number[] {
  const head = headsOf(set).find((one) => one.key === key);
  if (head === undefined) throw new Error(`no series ${key} in ${set.headsJson}`);
  return [...set.values.subarray(head.offset, head.offset + head.count)];
}

interface SentBody {
  MetricDataQueries: { Id: string; Expression?: string; MetricStat?: object }[];
  StartTime: number;
  EndTime: number;
}

/** The GetMetricData calls the endpoint got, as they were sent. */
export const callsTo = (demo: Pick<DemoAws, 'requests'>): SentBody[] =>
  demo.requests.entries
    .filter(({ operation }) => operation === 'GetMetricData')
    .map(({ body }) => JSON.parse(body));
