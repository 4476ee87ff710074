import { z } from 'zod';
import { metricKey } from '../metrics/metric-source';
import type { RegionStore } from '../region';
import { REALTECHEE_ACCOUNT } from '../accounts';
import type { World } from '../world';
import { deploy, primaryOf, serviceKey } from './deploy';
import type { DemoFunction } from './resources';
import { before } from './releases';

/** What a function does when it is invoked. */
export type BehaviourName = 'worker' | 'read-only' | 'roll-back' | 'report';

export interface Invocation {
  world: World;
  region: RegionStore;
  one: DemoFunction;
  /** The version that runs, `$LATEST` or a number. */
  version: string;
  payload: unknown;
  /** Demo ms. */
  at: number;
}

/** What it answers, and what it has logged. */
export interface Result {
  payload: unknown;
  /** Null when it went well. */
  error: 'Unhandled' | null;
  lines: string[];
}

const well = (payload: unknown, ...lines: string[]): Result => ({ payload, error: null, lines });

const failed = (errorType: string, errorMessage: string, trace: string[]): Result => ({
  payload: { errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`, ...trace] },
  error: 'Unhandled',
  lines: [
    `ERROR\tInvoke Error\t${JSON.stringify({ errorType, errorMessage, stack: [`${errorType}: ${errorMessage}`, ...trace] })}`,
  ],
});

/** Runs a function for once. */
export function behave(call: Invocation): Result {
  switch (call.one.behaviour) {
    case 'worker':
      return work(call);
    case 'read-only':
      return switchReadOnly(call);
    case 'roll-back':
      return rollBack(call);
    case 'report':
      return report(call);
  }
}

function work({ world, region, one, version }: Invocation): Result {
  if (world.releases.isBad(region, one.name, version)) {
    return failed('TypeError', "Cannot read properties of undefined (reading 'recipients')", [
      '    at render (/var/task/index.js:118:31)',
      '    at Runtime.handler (/var/task/index.js:41:20)',
    ]);
  }
  return well({ statusCode: 200, processed: 1 }, 'INFO\tprocessed 1 record');
}

const modeInput = z.object({ readOnly: z.boolean() });

function switchReadOnly({ region, one, payload, at }: Invocation): Result {
  const input = modeInput.safeParse(payload);
  if (!input.success) {
    return failed('ValidationError', 'the event must have a member readOnly, true or false', [
      '    at Runtime.handler (/var/task/index.js:12:11)',
    ]);
  }
  const was = region.resources.readOnly.on;
  const { readOnly } = input.data;
  region.resources.readOnly.on = readOnly;
  one.environment['READ_ONLY'] = String(readOnly);
  for (const key of writesOf(region)) {
    if (readOnly) region.resources.hold(key, { kind: 'to', value: 0 }, at);
    else region.resources.release(key, at);
  }
  return well(
    { readOnly, before: was, changed: was !== readOnly },
    `INFO\tread-only mode is ${readOnly ? 'on' : 'off'}; it was ${was ? 'on' : 'off'}`,
  );
}

/** The metrics of a system that count what is written. */
function writesOf(region: RegionStore): string[] {
  const names =
    region.accountId === REALTECHEE_ACCOUNT
      ? ['ConsumedWriteCapacityUnits', 'RequestsSubmitted', 'QuotesGenerated']
      : ['LeadCreated', 'DailyNewLeads', 'OpportunityStageChange'];
  const written = region.metrics
    .list()
    .filter(
      ({ namespace, metricName, dimensions }) =>
        names.includes(metricName) ||
        (namespace === 'AWS/DynamoDB' &&
          metricName === 'SuccessfulRequestLatency' &&
          dimensions.some(({ Value }) => Value === 'PutItem')) ||
        (metricName === 'DatabaseQuery' &&
          dimensions.some(({ Value }) => Value === 'INSERT' || Value === 'UPDATE')),
    );
  return written.map((m) => metricKey(m.namespace, m.metricName, m.dimensions));
}

function rollBack({ world, region, at }: Invocation): Result {
  const service = region.resources.services.get(
    serviceKey('realtechee-production', 'realtechee-web'),
  );
  if (service === undefined) return failed('Error', 'there is no such service', []);
  const from = primaryOf(service).taskDefinition;
  const to = before(region, from);
  if (to === from) return failed('Error', `${from} has no revision before it`, []);
  deploy(region, service, to, at, (when) => world.releases.deployed(region, service, true, when));
  return well(
    { service: service.name, from, to, deployment: primaryOf(service).id },
    `INFO\trolling back ${service.name} from ${from} to ${to}`,
  );
}

function report({ region, at }: Invocation): Result {
  const inAlarm = region
    .sortedAlarms()
    .filter((alarm) => alarm.state === 'ALARM')
    .map((alarm) => alarm.name);
  const tables = [...region.resources.tables.values()].map(({ name, read, write }) => ({
    name,
    readUnits: read,
    writeUnits: write,
  }));
  return well(
    { at: new Date(at).toISOString(), inAlarm, tables },
    `INFO\t${inAlarm.length} alarms are in ALARM`,
  );
}
