import { hashText, mix } from '../../random';
import { minutePrefix, pick, withSeconds } from '../fast-text';
import type { LogEvent } from '../event';
import { Batch, DailyStreams, type LogSource, type StreamInfo, taskStream } from '../source';
import { poolRecords, scheduledRecords, securityRecords } from './crm-incidents';
import type { CrmMinute, CrmPlan } from './crm-plan';
import {
  apiRequest,
  businessRecord,
  type CrmRequest,
  endpointOf,
  failureRecord,
  requestOf,
  slowRecord,
  tokenRecord,
  type Writer,
  writerOf,
} from './crm-records';
import { type CrmServiceName, endpoints, failures, receivedComments } from './crm-texts';

const TASKS = 3;
const SLOW_MS = 2000;
const CLIENT_STATUS = [400, 401, 403, 404, 404, 404, 422, 429];
const FAILING: readonly CrmServiceName[] = [
  'crm-core',
  'crm-core',
  'crm-core',
  'social-media',
  'analytics',
  'auth',
];

/** What a minute's writers share. `emit` picks the task by the request, as a load balancer would. */
export interface Desk {
  plan: CrmMinute;
  now: number;
  writer: Writer;
  emit(
    offset: number,
    key: number,
    hash: number,
    text: (task: number, time: string) => string,
  ): void;
}

/** The records of one service of the CRM. */
export class CrmService implements LogSource {
  readonly bytesPerDay: number;
  private readonly streamNames: DailyStreams;
  private readonly writer: Writer;

  constructor(
    private readonly service: CrmServiceName,
    private readonly plan: CrmPlan,
    seed: number,
    perMinute: number,
  ) {
    this.writer = writerOf(service, TASKS);
    this.streamNames = new DailyStreams(
      taskStream(`ecs/${service}`, hashText(service, seed)),
      TASKS,
    );
    this.bytesPerDay = perMinute * 1440 * 430;
  }

  streams(from: number, to: number): StreamInfo[] {
    return this.streamNames.between(from, to);
  }

  minute(minute: number, now: number): LogEvent[] {
    const plan = this.plan.at(minute, now);
    const batch = new Batch(minute);
    const prefix = minutePrefix(minute);
    const names = this.streamNames.at(minute);
    const desk: Desk = {
      plan,
      now,
      writer: this.writer,
      emit(offset, key, hash, text) {
        const task = hash % TASKS;
        batch.add(offset, names[task] ?? '', key, text(task, withSeconds(prefix, offset)));
      },
    };
    this.requests(desk);
    this.clientErrors(desk);
    this.serverErrors(desk);
    if (this.service === 'crm-core') poolRecords(desk);
    if (this.service === 'auth') securityRecords(desk);
    scheduledRecords(desk, this.service);
    return batch.sorted();
  }

  /** The many that go well. Only those this service sees are worked out. */
  private requests(desk: Desk): void {
    const { plan, writer } = desk;
    for (let index = 0; index < plan.requests; index += 1) {
      const hash = mix(plan.hash ^ Math.imul(index + 1, 0x9e3779b1));
      const endpoint = endpointOf(hash);
      const key = index * 4;
      if (endpoint.service === this.service) {
        const request = requestOf(plan, hash, endpoint, endpoint.method === 'POST' ? 201 : 200);
        desk.emit(request.endedAt, key, hash, (task, time) =>
          apiRequest(writer, task, time, request),
        );
        this.remarks(desk, request, key);
      } else if (this.service === 'auth' ? hash % 4 === 0 : endpoint.event !== undefined) {
        this.bystander(desk, requestOf(plan, hash, endpoint, 200), key);
      }
    }
  }

  /** What the answering service says besides: slow answers, received comments. */
  private remarks(desk: Desk, request: CrmRequest, key: number): void {
    const { hash } = request;
    if (request.responseTime > SLOW_MS) {
      desk.emit(request.endedAt, key + 1, hash, (task, time) =>
        slowRecord(desk.writer, task, time, request),
      );
    }
    if (request.endpoint.url.endsWith('/webhook')) {
      const text = pick(receivedComments, mix(hash));
      desk.emit(request.startedAt + 1, key + 2, hash, (task, time) =>
        businessRecord(
          desk.writer,
          task,
          time,
          request,
          'comment_received',
          `New comment: ${text}`,
        ),
      );
    }
  }

  /** A service that takes part in a request another one answers: the same request id in both groups. */
  private bystander(desk: Desk, request: CrmRequest, key: number): void {
    const { event } = request.endpoint;
    if (this.service === 'auth') {
      desk.emit(request.startedAt, key, request.hash, (task, time) =>
        tokenRecord(desk.writer, task, time, request),
      );
    } else if (this.service === 'analytics' && event !== undefined) {
      desk.emit(request.endedAt, key, request.hash, (task, time) =>
        businessRecord(desk.writer, task, time, request, event, `Event counted: ${event}`),
      );
    }
  }

  private clientErrors(desk: Desk): void {
    const { plan } = desk;
    for (let index = 0; index < plan.clientErrors; index += 1) {
      const hash = mix(plan.hash ^ Math.imul(index + 1, 0x7feb352d));
      const endpoint = endpointOf(hash);
      if (endpoint.service !== this.service) continue;
      const request = requestOf(plan, hash, endpoint, pick(CLIENT_STATUS, hash >>> 5));
      desk.emit(request.endedAt, 10_000_000 + index, hash, (task, time) =>
        apiRequest(desk.writer, task, time, request),
      );
    }
  }

  /** A failing request: the token check in auth, then the error with its stack and the 5XX in the failing service. */
  private serverErrors(desk: Desk): void {
    const { plan, writer } = desk;
    for (let index = 0; index < plan.serverErrors; index += 1) {
      const hash = mix(plan.hash ^ Math.imul(index + 1, 0x846ca68b));
      const service = pick(FAILING, hash >>> 4);
      if (service !== this.service && this.service !== 'auth') continue;
      const failure = pick(failures[service], hash >>> 9);
      const own = endpoints.filter((endpoint) => endpoint.service === service);
      const request = requestOf(plan, hash, pick(own, hash >>> 13), failure.statusCode);
      const key = 11_000_000 + index * 4;
      if (this.service === 'auth') {
        desk.emit(request.startedAt, key, hash, (task, time) =>
          tokenRecord(writer, task, time, request),
        );
      }
      if (service !== this.service) continue;
      desk.emit(request.endedAt, key + 1, hash, (task, time) =>
        failureRecord(writer, task, time, request, failure),
      );
      desk.emit(request.endedAt, key + 2, hash, (task, time) =>
        apiRequest(writer, task, time, request),
      );
    }
  }
}
