import { mix } from '../../random';
import { pick, uuid } from '../fast-text';
import { apiRequest, failureRecord, record, requestOf } from './crm-records';
import type { Desk } from './crm-service';
import { type CrmServiceName, endpoints, jobStopped, poolTimeout } from './crm-texts';

const POOL_SIZE = 120;
/** Above this many failed logins a minute somebody is trying passwords; below, people mistype theirs. */
const SPRAY = 12;
/** Where the attempts come from. */
export const SPRAYING = ['192.0.2.44', '192.0.2.45', '192.0.2.181'];
const SPRAY_AGENT = 'python-requests/2.32.3';

const search = endpoints.find((endpoint) => endpoint.url.startsWith('/api/v1/contacts?'));

/** The connection pool as crm-core sees it: warnings as it fills, then requests that wait in vain. */
export function poolRecords(desk: Desk): void {
  const { plan, writer } = desk;
  if (plan.connections > 70) {
    desk.emit(plan.hash % 50_000, 20_000_000, plan.hash, (task, time) =>
      record(writer, task, time, {
        level: 'warn',
        type: 'performance_issue',
        message: `Database pool: ${plan.connections} of ${POOL_SIZE} connections in use`,
        rest: `"eventType":"pool_usage","inUse":${plan.connections},"size":${POOL_SIZE},"cpu":${plan.databaseCpu.toFixed(1)}`,
      }),
    );
  }
  if (search === undefined) return;
  for (let index = 0; index < plan.poolTimeouts; index += 1) {
    const hash = mix(plan.hash ^ Math.imul(index + 1, 0x2c1b3c6d));
    const request = requestOf(plan, hash, search, 200);
    const key = 21_000_000 + index * 4;
    desk.emit(request.startedAt, key, hash, (task, time) =>
      failureRecord(writer, task, time, request, poolTimeout),
    );
    // Tried again and answered, late: the load balancer counts no error.
    desk.emit(request.endedAt, key + 1, hash, (task, time) =>
      apiRequest(writer, task, time, request),
    );
  }
}

/** Failed logins. Many at once come from few addresses and name many accounts. */
export function securityRecords(desk: Desk): void {
  const { plan, writer } = desk;
  const spraying = plan.authFailures > SPRAY;
  for (let index = 0; index < plan.authFailures; index += 1) {
    const hash = mix(plan.hash ^ Math.imul(index + 1, 0x297a2d39));
    const address = spraying ? pick(SPRAYING, hash >>> 3) : `203.0.113.${hash % 256}`;
    const agent = spraying ? SPRAY_AGENT : 'crm-mobile/4.12.0 (Android 15)';
    desk.emit(hash % 59_900, 22_000_000 + index, hash, (task, time) =>
      record(writer, task, time, {
        level: 'warn',
        type: 'security_event',
        message: 'Login failed: wrong password',
        rest:
          `"userId":"u-${10_000 + (hash % 4_800)}","requestId":"${uuid(plan.hash, hash)}","method":"POST",` +
          `"url":"/api/v1/auth/login","statusCode":401,"responseTime":${90 + (hash % 60)},"ip":"${address}",` +
          `"userAgent":"${agent}","eventType":"login_failed"`,
      }),
    );
  }
  if (!spraying) return;
  desk.emit(59_950, 23_000_000, plan.hash, (task, time) =>
    record(writer, task, time, {
      level: 'error',
      type: 'security_event',
      message: `Possible password spraying: ${plan.authFailures} failed logins in a minute from ${SPRAYING.length} addresses`,
      rest: `"ip":"${SPRAYING[0] ?? ''}","userAgent":"${SPRAY_AGENT}","eventType":"password_spraying_suspected"`,
    }),
  );
}

/** Health checks twice a minute, and the job that publishes the lead conversion rate. */
export function scheduledRecords(desk: Desk, service: CrmServiceName): void {
  const { plan, writer } = desk;
  for (const [index, offset] of [4_000, 34_000].entries()) {
    desk.emit(offset + (plan.hash % 900), 24_000_000 + index, plan.hash + index, (task, time) =>
      record(writer, task, time, {
        level: 'debug',
        type: 'application',
        message: 'Health check: healthy',
        rest: `"method":"GET","url":"/health","statusCode":200,"responseTime":${3 + (plan.hash % 9)},"userAgent":"ELB-HealthChecker/2.0"`,
      }),
    );
  }
  if (service !== 'analytics') return;
  const { conversionRate } = plan;
  if (conversionRate !== null) {
    desk.emit(1_500, 25_000_000, plan.hash, (task, time) =>
      record(writer, task, time, {
        level: 'info',
        type: 'business_event',
        message: `Lead conversion rate published: ${conversionRate.toFixed(1)} %`,
        rest: `"eventType":"kpi_published","value":${conversionRate.toFixed(2)}`,
      }),
    );
  }
  if (plan.conversionStopped && (plan.minute / 60_000) % 5 === 0) {
    const request = requestOf(plan, plan.hash, pick(endpoints, endpoints.length - 1), 0);
    desk.emit(1_700, 26_000_000, plan.hash, (task, time) =>
      failureRecord(writer, task, time, request, jobStopped),
    );
  }
}
