import { mix } from '../../random';
import { tableName } from '../../systems/realtechee';
import { minutePrefix, pick, twoDigits, withSeconds } from '../fast-text';
import { DAY, type LogEvent } from '../event';
import { Batch, DailyStreams, type LogSource, type StreamInfo } from '../source';
import { userAgents } from './crm-texts';
import type { AppRequest, RealTecheePlan } from './realtechee-plan';

export type RealTecheeKind = 'application' | 'errors' | 'access' | 'audit' | 'business';

const BYTES: Record<RealTecheeKind, number> = {
  application: 26_000_000,
  errors: 300_000,
  access: 9_500_000,
  audit: 2_100_000,
  business: 1_200_000,
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RELEASE = '2.31.0';

const STACKS: readonly { name: string; message: string; stack: readonly string[] }[] = [
  {
    name: 'TypeError',
    message: "Cannot destructure property 'agentContact' of 'project' as it is null.",
    stack: [
      'at resolveProject (/var/task/resolvers/project.js:88:11)',
      'at async handler (/var/task/index.js:41:18)',
    ],
  },
  {
    name: 'TimeoutError',
    message: 'DynamoDB did not answer within 3000 ms',
    stack: [
      'at Timeout._onTimeout (/var/task/node_modules/@smithy/node-http-handler/dist-cjs/index.js:213:22)',
      'at async queryRequests (/var/task/resolvers/requests.js:53:20)',
      'at async handler (/var/task/index.js:41:18)',
    ],
  },
];

/** One of the application's groups: a stream a day, `<kind>-<date>`. */
export class RealTecheeSource implements LogSource {
  readonly bytesPerDay: number;
  private readonly streamNames: DailyStreams;

  constructor(
    private readonly kind: RealTecheeKind,
    private readonly plan: RealTecheePlan,
    scale: number,
  ) {
    this.streamNames = new DailyStreams(
      (day) => `${kind}-${new Date(day * DAY).toISOString().slice(0, 10)}`,
      1,
    );
    this.bytesPerDay = BYTES[kind] * scale;
  }

  streams(from: number, to: number): StreamInfo[] {
    return this.streamNames.between(from, to);
  }

  minute(minute: number, now: number): LogEvent[] {
    const batch = new Batch(minute);
    const stream = this.streamNames.at(minute)[0] ?? '';
    const prefix = minutePrefix(minute);
    const latency = this.plan.latency(minute, now);
    for (const request of this.plan.requests(minute, now)) {
      const time = withSeconds(prefix, request.endedAt);
      for (const [part, text] of this.texts(request, time, latency).entries()) {
        batch.add(request.endedAt, stream, request.index * 4 + part, text);
      }
    }
    return batch.sorted();
  }

  private texts(request: AppRequest, time: string, latency: number): string[] {
    switch (this.kind) {
      case 'application':
        return applicationRecords(request, time, latency);
      case 'errors':
        return request.status >= 500 ? [errorRecord(request, time)] : [];
      case 'access':
        return [accessLine(request, time)];
      case 'audit':
        return isWrite(request) ? [auditRecord(request, time)] : [];
      case 'business':
        return businessRecords(request, time);
    }
  }
}

const isWrite = ({ operation, status }: AppRequest): boolean =>
  status < 400 && (operation.call === 'PutItem' || operation.call === 'UpdateItem');

const head = (request: AppRequest, time: string, level: string, category: string): string =>
  `{"timestamp":"${time}","level":"${level}","category":"${category}","environment":"production",` +
  `"version":"${RELEASE}","requestId":"${request.requestId}","userId":"${request.user}"`;

function applicationRecords(request: AppRequest, time: string, latency: number): string[] {
  const { operation, status, duration } = request;
  const records: string[] = [];
  if (status >= 500) records.push(errorRecord(request, time));
  else if (status === 401) {
    records.push(
      `${head(request, time, 'WARN', 'security')},"message":"Token was refused","operation":"${operation.name}","eventType":"token_refused"}`,
    );
  } else {
    records.push(
      `${head(request, time, status >= 400 ? 'WARN' : 'INFO', 'performance')},"message":"GraphQL ${operation.name} ${status}",` +
        `"operation":"${operation.name}","statusCode":${status},"durationMs":${duration}}`,
    );
  }
  if (latency > 100 && operation.table === 'Requests') {
    records.push(
      `${head(request, time, 'WARN', 'performance')},"message":"Slow DynamoDB call: ${operation.call} on ${tableName(operation.table)} took ${Math.round(latency)} ms",` +
        `"table":"${tableName(operation.table)}","operation":"${operation.call}","durationMs":${Math.round(latency)}}`,
    );
  }
  return [...records, ...businessRecords(request, time)];
}

function errorRecord(request: AppRequest, time: string): string {
  const { operation, status, hash } = request;
  const error = pick(STACKS, hash >>> 5);
  const stack = JSON.stringify([`${error.name}: ${error.message}`, ...error.stack].join('\n    '));
  return (
    `${head(request, time, 'ERROR', 'error')},"message":${JSON.stringify(`${operation.name} failed: ${error.message}`)},` +
    `"operation":"${operation.name}","statusCode":${status},"error":{"name":"${error.name}",` +
    `"message":${JSON.stringify(error.message)},"stack":${stack}}}`
  );
}

function businessRecords(request: AppRequest, time: string): string[] {
  const { event, name } = request.operation;
  if (event === undefined || request.status >= 400) return [];
  const value =
    event === 'quote_generated' ? `,"quoteValue":${2_000 + (request.hash % 90_000)}` : '';
  return [
    `${head(request, time, 'INFO', 'business')},"message":"${event}","operation":"${name}","eventType":"${event}"${value}}`,
  ];
}

/** The common log format: for patterns of space-delimited fields. */
function accessLine(request: AppRequest, time: string): string {
  const { hash, status, operation } = request;
  const date = `${time.slice(8, 10)}/${MONTHS[Number(time.slice(5, 7)) - 1] ?? ''}/${time.slice(0, 4)}:${time.slice(11, 19)} +0000`;
  const agent = pick(userAgents, hash >>> 11);
  return (
    `198.51.100.${hash % 256} - u-${twoDigits(hash % 100)} [${date}] "POST /graphql?op=${operation.name} HTTP/1.1" ` +
    `${status} ${400 + (mix(hash) % 9_000)} "https://app.realtechee.example/projects" "${agent}" ${(request.duration / 1000).toFixed(3)}`
  );
}

const auditRecord = (request: AppRequest, time: string): string =>
  `{"timestamp":"${time}","category":"security","actor":"${request.user}","action":"${request.operation.name}",` +
  `"resource":"${tableName(request.operation.table)}","outcome":"success","requestId":"${request.requestId}","ip":"198.51.100.${request.hash % 256}"}`;
