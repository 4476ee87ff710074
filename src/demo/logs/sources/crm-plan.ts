import type { MetricSource } from '../../metrics/metric-source';
import { mix } from '../../random';
import { Probe } from '../probe';
import { countOf, dayShape } from '../source';

const alb = { LoadBalancer: 'app/crm-production-alb/50dc6c495c0c9188' };
const db = { DBInstanceIdentifier: 'crm-production' };
const ALB = 'AWS/ApplicationELB';
/** Records the four services write per request, on average. */
const RECORDS_PER_REQUEST = 1.36;

/** What happens in the CRM in one minute. */
export interface CrmMinute {
  minute: number;
  /** Seeds everything of this minute. */
  hash: number;
  /** Requests that go well. */
  requests: number;
  clientErrors: number;
  serverErrors: number;
  /** Mean, ms. */
  responseTime: number;
  authFailures: number;
  connections: number;
  /** Requests that wait in vain for a connection to the database. */
  poolTimeouts: number;
  databaseCpu: number;
  /** Null: the job that publishes it has stopped. */
  conversionRate: number | null;
  conversionStopped: boolean;
}

/** The CRM's traffic as its metrics have it. All of its groups read the same plan, so that they agree. */
export class CrmPlan {
  private readonly probes;
  private cached: CrmMinute | null = null;
  private cachedNow = -1;

  constructor(
    metrics: MetricSource,
    private readonly seed: number,
    /** Records a minute over all services, on average. */
    private readonly perMinute: number,
  ) {
    this.probes = {
      clientErrors: new Probe(metrics, ALB, '4XXError', alb),
      serverErrors: new Probe(metrics, ALB, 'HTTPCode_Target_5XX_Count', alb),
      responseTime: new Probe(metrics, ALB, 'TargetResponseTime', alb),
      authFailures: new Probe(metrics, 'CRM/Security', 'AuthenticationFailure', {}),
      connections: new Probe(metrics, 'AWS/RDS', 'DatabaseConnections', db),
      databaseCpu: new Probe(metrics, 'AWS/RDS', 'CPUUtilization', db),
      conversion: new Probe(metrics, 'CRM/Business', 'LeadConversionRate', {}),
    };
  }

  at(minute: number, now: number): CrmMinute {
    if (this.cached?.minute === minute && this.cachedNow === now) return this.cached;
    const hash = mix(this.seed ^ Math.imul(minute / 60_000, 2654435761));
    const rate = (this.perMinute / RECORDS_PER_REQUEST) * (1 + 0.4 * dayShape(minute));
    const connections = this.probes.connections.average(minute, now) ?? 0;
    const quarter = minute - (minute % 900_000);
    const conversionRate = this.probes.conversion.average(quarter, now);
    this.cached = {
      minute,
      hash,
      requests: countOf(rate, mix(hash ^ 1)),
      clientErrors: Math.round(this.probes.clientErrors.sum(minute, now)),
      serverErrors: Math.round(this.probes.serverErrors.sum(minute, now)),
      responseTime: (this.probes.responseTime.average(minute, now) ?? 0.4) * 1000,
      authFailures: Math.round(this.probes.authFailures.sum(minute, now)),
      connections: Math.round(connections),
      poolTimeouts: Math.max(0, Math.round((connections - 80) / 4)),
      databaseCpu: this.probes.databaseCpu.average(minute, now) ?? 0,
      conversionRate: minute === quarter ? conversionRate : null,
      conversionStopped: quarter <= now && conversionRate === null,
    };
    this.cachedNow = now;
    return this.cached;
  }
}
