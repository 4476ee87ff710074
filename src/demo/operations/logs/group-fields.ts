import { z } from 'zod';
import type { LogGroup } from '../../logs/log-group';
import type { Operation } from '../operation';
import { noSuchGroup } from './errors';
import { groupFields, parseLogsInput } from './input';

const fieldsInput = z.object({ ...groupFields, time: z.number().optional() });

/** GetLogGroupFields: field names of the last quarter of an hour and the share of events that have them. */
export const getLogGroupFields: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(fieldsInput, body);
  const reference = input.logGroupName ?? input.logGroupIdentifier;
  const group = reference === undefined ? undefined : region.logs.find(reference);
  if (group === undefined) throw noSuchGroup();
  const at = input.time === undefined ? world.now() : input.time * 1000;
  return { logGroupFields: sampleFields(group, at, world.now()) };
};

const SAMPLE_MINUTES = 15;
const SAMPLE = 400;

function sampleFields(
  group: LogGroup,
  at: number,
  now: number,
): { name: string; percent: number }[] {
  const counts = new Map<string, number>();
  let total = 0;
  const start = Math.floor(at / 60_000) * 60_000;
  for (let back = 0; back < SAMPLE_MINUTES && total < SAMPLE; back += 1) {
    for (const event of group.minute(start - back * 60_000, now).slice(0, SAMPLE - total)) {
      total += 1;
      for (const name of [
        '@timestamp',
        '@message',
        '@logStream',
        '@ingestionTime',
        ...jsonNames(event.message),
      ]) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  }
  return [...counts].map(([name, count]) => ({ name, percent: Math.round((100 * count) / total) }));
}

function jsonNames(message: string): string[] {
  if (!message.startsWith('{')) return [];
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return [];
  }
  return namesIn(value, '');
}

function namesIn(value: unknown, prefix: string): string[] {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  if (!parsed.success) return [];
  return Object.entries(parsed.data).flatMap(([name, inner]) => {
    const deeper = namesIn(inner, `${prefix}${name}.`);
    return deeper.length > 0 ? deeper : [`${prefix}${name}`];
  });
}
