import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../../errors';
import { type LogEvent, MINUTE } from '../../logs/event';
import type { Pattern } from '../../logs/filter/pattern';
import type { LogGroup } from '../../logs/log-group';
import { Breather } from '../../logs/scan';
import { minuteOf } from '../../logs/source';
import { type Operation, type OperationContext, Streamed, type StreamedEvent } from '../operation';
import { invalidParameter, logsLimit, notFound } from './errors';
import { parseLogsInput, patternOf } from './input';

const tailInput = z.object({
  logGroupIdentifiers: z.array(z.string()).min(1).max(10),
  logStreamNames: z.array(z.string()).min(1).max(10).optional(),
  logStreamNamePrefixes: z.array(z.string()).min(1).max(10).optional(),
  logEventFilterPattern: z.string().optional(),
});
type TailInput = z.infer<typeof tailInput>;

/** Above this many events a second AWS sends a sample and says so. */
export const LIVE_TAIL_RATE = 500;
const SESSIONS_PER_ACCOUNT = 15;
const LONGEST_MS = 3 * 3_600_000;
const EVERY_MS = 1000;
/** What arrives late may lie this far behind. */
const LATEST_MS = 5000;

/** Sessions that run, by account and region. */
const running = new WeakMap<OperationContext['region'], number>();

/** Opens a session: what has been ingested since, once a second, for three hours at most. */
export const startLiveTail: Operation = (context, body) => {
  const input = parseLogsInput(tailInput, body);
  if (input.logStreamNames !== undefined && input.logStreamNamePrefixes !== undefined) {
    throw invalidParameter(
      'logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.',
    );
  }
  if (
    input.logGroupIdentifiers.length > 1 &&
    (input.logStreamNames ?? input.logStreamNamePrefixes) !== undefined
  ) {
    throw invalidParameter(
      'logStreamNames and logStreamNamePrefixes can be used with a single log group only.',
    );
  }
  const groups = input.logGroupIdentifiers.map((arn) => {
    if (!arn.startsWith('arn:') || arn.endsWith(':*')) {
      throw invalidParameter(`Invalid log group identifier: ${arn}`);
    }
    const group = context.region.logs.find(arn);
    if (group === undefined) throw notFound(`The specified log group does not exist: ${arn}`);
    return group;
  });
  const infrequent = groups.find((group) => group.logGroupClass !== 'STANDARD');
  if (infrequent !== undefined) {
    throw invalidParameter(`Live Tail is not supported for log group ${infrequent.name}`);
  }
  const pattern = patternOf(input.logEventFilterPattern);
  const sessions = running.get(context.region) ?? 0;
  if (sessions >= SESSIONS_PER_ACCOUNT) {
    throw logsLimit(`The account has ${SESSIONS_PER_ACCOUNT} Live Tail sessions already.`);
  }
  running.set(context.region, sessions + 1);
  return { stream: new Streamed(session(context, input, groups, pattern)) };
};

async function* session(
  { world, region, signal }: OperationContext,
  input: TailInput,
  groups: readonly LogGroup[],
  pattern: Pattern,
): AsyncGenerator<StreamedEvent> {
  try {
    const filters = {
      logGroupIdentifiers: input.logGroupIdentifiers,
      logStreamNames: input.logStreamNames ?? [],
      logStreamNamePrefixes: input.logStreamNamePrefixes ?? [],
      logEventFilterPattern: input.logEventFilterPattern ?? '',
    };
    yield event('sessionStart', {
      requestId: randomUUID(),
      sessionId: randomUUID(),
      ...filters,
    });
    const endsAt = world.now() + LONGEST_MS;
    const wanted = streamTest(input);
    for (let since = world.now(); ;) {
      await pause(EVERY_MS, signal);
      if (signal.aborted) return;
      const now = world.now();
      if (now >= endsAt) {
        throw new AwsError('SessionTimeoutException', 'Live Tail session timed out');
      }
      const arrived = await arrivedBetween(
        groups,
        since,
        now,
        (log) => wanted(log) && pattern.matches(log.message),
      );
      since = now;
      yield update(arrived);
    }
  } finally {
    running.set(region, Math.max(0, (running.get(region) ?? 1) - 1));
  }
}

const event = (name: string, body: Record<string, unknown>): StreamedEvent => ({
  kind: 'event',
  name,
  body,
});

interface Arrived {
  group: LogGroup;
  log: LogEvent;
}

function update(arrived: readonly Arrived[]): StreamedEvent {
  const sampled = arrived.length > LIVE_TAIL_RATE;
  // Every n-th, so that a sample still shows all groups and the whole second.
  const step = sampled ? arrived.length / LIVE_TAIL_RATE : 1;
  const shown = sampled
    ? Array.from({ length: LIVE_TAIL_RATE }, (_, index) => arrived[Math.floor(index * step)])
    : arrived;
  return event('sessionUpdate', {
    sessionMetadata: { sampled },
    sessionResults: shown
      .filter((item) => item !== undefined)
      .map(({ group, log }) => ({
        logStreamName: log.stream,
        logGroupIdentifier: `${group.arn.split(':')[4] ?? ''}:${group.name}`,
        message: log.message,
        timestamp: log.timestamp,
        ingestionTime: log.ingestionTime,
      })),
  });
}

function streamTest(input: TailInput): (log: LogEvent) => boolean {
  const { logStreamNames: names, logStreamNamePrefixes: prefixes } = input;
  if (names !== undefined) return (log) => names.includes(log.stream);
  if (prefixes !== undefined) return (log) => prefixes.some((p) => log.stream.startsWith(p));
  return () => true;
}

/** What was ingested after `since` and up to `now`, by time. Put events may lie hours back; made ones seconds. */
async function arrivedBetween(
  groups: readonly LogGroup[],
  since: number,
  now: number,
  wanted: (log: LogEvent) => boolean,
): Promise<Arrived[]> {
  const found: Arrived[] = [];
  const breather = new Breather();
  for (const group of groups) {
    const logs = group.putSince(since, now);
    for (let minute = minuteOf(since - LATEST_MS); minute <= now; minute += MINUTE) {
      logs.push(
        ...group
          .madeIn(minute, now)
          .filter((log) => log.ingestionTime > since && log.ingestionTime <= now),
      );
      await breather.turn();
    }
    found.push(...logs.filter(wanted).map((log) => ({ group, log })));
  }
  return found.sort((a, b) => a.log.timestamp - b.log.timestamp);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
