import { mix } from '../../random';
import { hex32, pick, share, uuid } from '../fast-text';
import type { CrmMinute } from './crm-plan';
import {
  type CrmServiceName,
  type Endpoint,
  endpoints,
  type Failure,
  userAgents,
} from './crm-texts';

/** One request on its way through the services. Times: ms within the minute. */
export interface CrmRequest {
  hash: number;
  endpoint: Endpoint;
  requestId: string;
  startedAt: number;
  endedAt: number;
  responseTime: number;
  statusCode: number;
}

const SLOWEST = 28_000;

/** Request `index` of a kind of a minute; `responseTime` follows the minute's mean, with a long tail. */
export function requestOf(
  plan: CrmMinute,
  hash: number,
  endpoint: Endpoint,
  statusCode: number,
): CrmRequest {
  const tail = -Math.log(1 - share(mix(hash ^ 0x3c6ef372)) * 0.9999);
  const responseTime = Math.min(
    SLOWEST,
    Math.max(2, Math.round(plan.responseTime * (0.35 + 0.65 * tail))),
  );
  const startedAt = Math.floor(share(mix(hash ^ 0x1b873593)) * (59_900 - responseTime));
  return {
    hash,
    endpoint,
    requestId: uuid(plan.hash, hash),
    startedAt,
    endedAt: startedAt + responseTime,
    responseTime,
    statusCode,
  };
}

export const endpointOf = (hash: number): Endpoint => pick(endpoints, hash >>> 7);

const ADDRESSES = Array.from({ length: 512 }, (_, index) =>
  index < 256 ? `203.0.113.${index}` : `198.51.100.${index - 256}`,
);
const AGENTS = userAgents.map((agent) => JSON.stringify(agent));

/** Who called: `"userId":…,"requestId":…`, in the order the services write them. */
const callerOf = (request: CrmRequest): string =>
  `"userId":"u-${10_000 + (request.hash % 4_800)}","requestId":"${request.requestId}"`;

const fromOf = (request: CrmRequest): string =>
  `"ip":"${pick(ADDRESSES, request.hash >>> 3)}","userAgent":${pick(AGENTS, request.hash >>> 11)}`;

const urlOf = (request: CrmRequest): string =>
  request.endpoint.url.replace('#', String(1 + (request.hash % 9_000)));

/** The task that writes: `"hostname":…,"pid":…`. */
export interface Writer {
  service: CrmServiceName;
  hostnames: readonly string[];
}

export const writerOf = (service: CrmServiceName, tasks: number): Writer => ({
  service,
  hostnames: Array.from(
    { length: tasks },
    (_, index) =>
      `ip-10-0-${11 + index}-${Number.parseInt(hex32(service.length + index).slice(0, 2), 16)}`,
  ),
});

interface Body {
  level: 'debug' | 'info' | 'warn' | 'error';
  type:
    | 'api_request'
    | 'business_event'
    | 'error'
    | 'security_event'
    | 'performance_issue'
    | 'application';
  /** JSON text without the quotes. */
  message: string;
  /** `"name":value` pairs. */
  rest: string;
}

export const record = (writer: Writer, task: number, time: string, body: Body): string =>
  `{"@timestamp":"${time}","service":"${writer.service}","environment":"production","level":"${body.level}",` +
  `"message":"${body.message}","type":"${body.type}",${body.rest},` +
  `"hostname":"${writer.hostnames[task] ?? ''}","pid":${17 + task}}`;

export function apiRequest(
  writer: Writer,
  task: number,
  time: string,
  request: CrmRequest,
): string {
  const { statusCode, responseTime, endpoint } = request;
  const url = urlOf(request);
  return record(writer, task, time, {
    level: statusCode >= 500 ? 'error' : statusCode >= 400 ? 'warn' : 'info',
    type: 'api_request',
    message: `${endpoint.method} ${url} ${statusCode} in ${responseTime} ms`,
    rest:
      `${callerOf(request)},"method":"${endpoint.method}","url":"${url}","statusCode":${statusCode},` +
      `"responseTime":${responseTime},${fromOf(request)}`,
  });
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A failure with its stack trace, under the id of the request that met it. */
export const failureRecord = (
  writer: Writer,
  task: number,
  time: string,
  request: CrmRequest,
  failure: Failure,
): string =>
  record(writer, task, time, {
    level: 'error',
    type: 'error',
    message: quoted(`${failure.name}: ${failure.message}`),
    rest:
      `${callerOf(request)},"method":"${request.endpoint.method}","url":"${urlOf(request)}",` +
      `"error":{"name":"${failure.name}","message":"${quoted(failure.message)}",` +
      `"stack":"${quoted([`${failure.name}: ${failure.message}`, ...failure.stack].join('\n    '))}"}`,
  });

export const tokenRecord = (
  writer: Writer,
  task: number,
  time: string,
  request: CrmRequest,
): string =>
  record(writer, task, time, {
    level: 'debug',
    type: 'application',
    message: 'Access token verified',
    rest: `${callerOf(request)},${fromOf(request)},"eventType":"token_verified"`,
  });

export const businessRecord = (
  writer: Writer,
  task: number,
  time: string,
  request: CrmRequest,
  eventType: string,
  message: string,
): string =>
  record(writer, task, time, {
    level: 'info',
    type: 'business_event',
    message: quoted(message),
    rest: `${callerOf(request)},"eventType":"${eventType}"`,
  });

export const slowRecord = (
  writer: Writer,
  task: number,
  time: string,
  request: CrmRequest,
): string =>
  record(writer, task, time, {
    level: 'warn',
    type: 'performance_issue',
    message: `Slow request: ${request.endpoint.method} ${urlOf(request)} took ${request.responseTime} ms`,
    rest:
      `${callerOf(request)},"method":"${request.endpoint.method}","url":"${urlOf(request)}",` +
      `"responseTime":${request.responseTime},"eventType":"slow_request"`,
  });
