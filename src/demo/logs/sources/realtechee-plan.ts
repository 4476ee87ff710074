import type { MetricSource } from '../../metrics/metric-source';
import { hashText, mix } from '../../random';
import { tableName } from '../../systems/realtechee';
import { pick, share, uuid } from '../fast-text';
import { Probe } from '../probe';
import { countOf } from '../source';

const alb = { LoadBalancer: 'app/RealTechee-ALB/7a1c9e4b5d2f3060' };
const ALB = 'AWS/ApplicationELB';

export interface GraphqlOperation {
  name: string;
  table: string;
  /** DynamoDB's operation. */
  call: 'Query' | 'Scan' | 'GetItem' | 'PutItem' | 'UpdateItem';
  weight: number;
  /** Told in the business category on success. */
  event?: string;
}

const operations: readonly GraphqlOperation[] = [
  { name: 'listRequests', table: 'Requests', call: 'Query', weight: 6 },
  { name: 'getProject', table: 'Projects', call: 'GetItem', weight: 5 },
  { name: 'listProjects', table: 'Projects', call: 'Scan', weight: 3 },
  { name: 'getQuote', table: 'Quotes', call: 'GetItem', weight: 4 },
  { name: 'listContacts', table: 'Contacts', call: 'Query', weight: 3 },
  {
    name: 'createRequest',
    table: 'Requests',
    call: 'PutItem',
    weight: 1,
    event: 'request_submitted',
  },
  { name: 'createQuote', table: 'Quotes', call: 'PutItem', weight: 1, event: 'quote_generated' },
  {
    name: 'updateProject',
    table: 'Projects',
    call: 'UpdateItem',
    weight: 1,
    event: 'project_updated',
  },
];
const weighted = operations.flatMap((operation) =>
  Array.from({ length: operation.weight }, () => operation),
);

/** One request to the application. Times: ms, within the minute. */
export interface AppRequest {
  index: number;
  hash: number;
  requestId: string;
  user: string;
  operation: GraphqlOperation;
  status: number;
  endedAt: number;
  duration: number;
}

/** RealTechee's requests as its metrics have them; application, errors, access, audit and business read the same. */
export class RealTecheePlan {
  private readonly seed: number;
  private readonly probes;
  private cached: { minute: number; now: number; requests: AppRequest[] } | null = null;

  constructor(
    metrics: MetricSource,
    seed: number,
    /** Times the load balancer's count. */
    private readonly scale: number,
  ) {
    this.seed = hashText('realtechee-requests', seed);
    this.probes = {
      requests: new Probe(metrics, ALB, 'RequestCount', alb),
      serverErrors: new Probe(metrics, ALB, 'HTTPCode_Target_5XX_Count', alb),
      clientErrors: new Probe(metrics, ALB, 'HTTPCode_Target_4XX_Count', alb),
      responseTime: new Probe(metrics, ALB, 'TargetResponseTime', alb),
      latency: new Probe(metrics, 'AWS/DynamoDB', 'SuccessfulRequestLatency', {
        TableName: tableName('Requests'),
        Operation: 'Query',
      }),
    };
  }

  serverErrors(minute: number, now: number): number {
    return Math.round(this.probes.serverErrors.sum(minute, now));
  }

  /** Mean latency of Requests/Query, ms. */
  latency(minute: number, now: number): number {
    return this.probes.latency.average(minute, now) ?? 0;
  }

  requests(minute: number, now: number): readonly AppRequest[] {
    if (this.cached?.minute === minute && this.cached.now === now) return this.cached.requests;
    const hash = mix(this.seed ^ Math.imul(minute / 60_000, 2654435761));
    const mean = (this.probes.responseTime.average(minute, now) ?? 0.8) * 1000;
    const make = (count: number, salt: number, status: (hash: number) => number, base: number) =>
      Array.from({ length: count }, (_, index) =>
        requestOf(base + index, mix(hash ^ Math.imul(index + 1, salt)), mean, status),
      );
    const good = countOf(this.probes.requests.sum(minute, now) * this.scale, hash);
    const bad = Math.round(this.probes.clientErrors.sum(minute, now));
    const requests = [
      ...make(good, 0x9e3779b1, () => 200, 0),
      ...make(bad, 0x7feb352d, (h) => pick([400, 401, 404], h >>> 3), 1_000_000),
      ...make(
        this.serverErrors(minute, now),
        0x846ca68b,
        (h) => pick([500, 500, 502, 504], h >>> 3),
        2_000_000,
      ),
    ];
    this.cached = { minute, now, requests };
    return requests;
  }
}

function requestOf(
  index: number,
  hash: number,
  mean: number,
  status: (hash: number) => number,
): AppRequest {
  const tail = -Math.log(1 - share(mix(hash ^ 0x3c6ef372)) * 0.9999);
  const duration = Math.min(28_000, Math.round(mean * (0.35 + 0.65 * tail)));
  return {
    index,
    hash,
    requestId: uuid(hash, 0x52e1),
    user: `us-west-1:${uuid(hash % 700, 0x1d)}`,
    operation: pick(weighted, hash >>> 7),
    status: status(hash),
    endedAt: duration + Math.floor(share(mix(hash)) * (59_900 - duration)),
    duration,
  };
}
