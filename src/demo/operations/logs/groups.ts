import { z } from 'zod';
import type { LogGroup } from '../../logs/log-group';
import { decodeToken, encodeToken, indexAfter } from '../paging';
import type { Operation } from '../operation';
import { alreadyExists, invalidParameter, invalidToken, noSuchGroup, notFound } from './errors';
import { checkName, groupFields, groupOf, parseLogsInput } from './input';

const classes = z.enum(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']);
const describeInput = z.object({
  logGroupNamePrefix: z.string().min(1).max(512).optional(),
  logGroupNamePattern: z.string().max(512).optional(),
  logGroupIdentifiers: z.array(z.string()).min(1).max(50).optional(),
  logGroupClass: classes.optional(),
  accountIdentifiers: z.array(z.string()).optional(),
  includeLinkedAccounts: z.boolean().optional(),
  nextToken: z.string().min(1).optional(),
  limit: z.number().int().min(1).max(50).optional(),
});

/** By name, 50 a page. A pattern is a part of the name, in any case. */
export const describeLogGroups: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(describeInput, body);
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input;
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const question = [prefix, pattern, input.logGroupClass, input.logGroupIdentifiers];
  const found = region.logs
    .byName()
    .filter(
      (group) =>
        group.name.startsWith(prefix ?? '') &&
        group.name.toLowerCase().includes((pattern ?? '').toLowerCase()) &&
        (input.logGroupClass === undefined || group.logGroupClass === input.logGroupClass) &&
        (input.logGroupIdentifiers?.some((id) => region.logs.find(id) === group) ?? true),
    );
  const from =
    input.nextToken === undefined
      ? 0
      : indexAfter(found, (g) => g.name, decodeToken(question, input.nextToken, invalidToken));
  const page = found.slice(from, from + (input.limit ?? 50));
  const last = page.at(-1);
  // By pattern AWS leaves out sizes, and goes on to an empty last page.
  const searched = pattern !== undefined;
  const more = last !== undefined && (searched || from + page.length < found.length);
  return {
    logGroups: page.map((group) => ({
      ...groupShape(group),
      ...(searched
        ? {}
        : { deletionProtectionEnabled: false, storedBytes: group.storedBytes(world.now()) }),
    })),
    ...(more ? { nextToken: encodeToken(question, last.name) } : {}),
  };
};

function groupShape(group: LogGroup): Record<string, unknown> {
  return {
    arn: `${group.arn}:*`,
    creationTime: group.createdAt,
    ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
    logGroupArn: group.arn,
    logGroupClass: group.logGroupClass,
    logGroupName: group.name,
    metricFilterCount: 0,
    ...(group.retentionInDays === null ? {} : { retentionInDays: group.retentionInDays }),
  };
}

const createInput = z.object({
  logGroupName: z.string(),
  kmsKeyId: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  logGroupClass: classes.optional(),
});

export const createLogGroup: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(createInput, body);
  checkName(input.logGroupName, 'logGroupName');
  if (region.logs.groups.has(input.logGroupName)) throw alreadyExists('group');
  region.logs.add({
    name: input.logGroupName,
    createdAt: world.now(),
    ...(input.kmsKeyId === undefined ? {} : { kmsKeyId: input.kmsKeyId }),
    ...(input.tags === undefined ? {} : { tags: input.tags }),
    ...(input.logGroupClass === undefined ? {} : { logGroupClass: input.logGroupClass }),
  });
  return {};
};

const named = z.object({ logGroupName: z.string() });

export const deleteLogGroup: Operation = ({ region }, body) => {
  const group = groupOf(region, parseLogsInput(named, body));
  region.logs.remove(group.name);
  return {};
};

/** The numbers of days CloudWatch can keep events. */
export const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];
const retentionInput = named.extend({ retentionInDays: z.number().int() });

export const putRetentionPolicy: Operation = ({ region }, body) => {
  const input = parseLogsInput(retentionInput, body);
  if (!RETENTION_DAYS.includes(input.retentionInDays)) {
    throw invalidParameter(
      `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
    );
  }
  groupOf(region, input).retentionInDays = input.retentionInDays;
  return {};
};

export const deleteRetentionPolicy: Operation = ({ region }, body) => {
  groupOf(region, parseLogsInput(named, body)).retentionInDays = null;
  return {};
};

const arnInput = z.object({ resourceArn: z.string() });
const tagInput = arnInput.extend({ tags: z.record(z.string(), z.string()) });
const untagInput = arnInput.extend({ tagKeys: z.array(z.string()) });

function byArn(region: Parameters<Operation>[0]['region'], arn: string): LogGroup {
  if (arn.endsWith(':*')) throw invalidParameter('The specified resource ARN is invalid.');
  const group = region.logs.find(arn);
  if (group === undefined) throw notFound('The specified resource does not exist.');
  return group;
}

export const listLogTags: Operation = ({ region }, body) => ({
  tags: Object.fromEntries(byArn(region, parseLogsInput(arnInput, body).resourceArn).tags),
});

export const tagLogResource: Operation = ({ region }, body) => {
  const input = parseLogsInput(tagInput, body);
  const group = byArn(region, input.resourceArn);
  for (const [key, value] of Object.entries(input.tags)) group.tags.set(key, value);
  return {};
};

export const untagLogResource: Operation = ({ region }, body) => {
  const input = parseLogsInput(untagInput, body);
  const group = byArn(region, input.resourceArn);
  for (const key of input.tagKeys) group.tags.delete(key);
  return {};
};

/** The older three, by the group's name. */
export const listTagsLogGroup: Operation = ({ region }, body) => ({
  tags: Object.fromEntries(groupOf(region, parseLogsInput(named, body)).tags),
});

const oldTag = named.extend({ tags: z.record(z.string(), z.string()) });
export const tagLogGroup: Operation = ({ region }, body) => {
  const input = parseLogsInput(oldTag, body);
  const group = groupOf(region, input);
  for (const [key, value] of Object.entries(input.tags)) group.tags.set(key, value);
  return {};
};

const oldUntag = named.extend({ tags: z.array(z.string()) });
export const untagLogGroup: Operation = ({ region }, body) => {
  const input = parseLogsInput(oldUntag, body);
  const group = groupOf(region, input);
  for (const key of input.tags) group.tags.delete(key);
  return {};
};

const listInput = z.object({
  logGroupNamePattern: z.string().optional(),
  logGroupClass: classes.optional(),
  limit: z.number().int().min(1).max(1000).optional(),
  nextToken: z.string().optional(),
});

/** ListLogGroups: names, ARNs and classes; its pattern is a regular expression or the beginning of a name. */
export const listLogGroups: Operation = ({ region }, body) => {
  const input = parseLogsInput(listInput, body);
  const pattern = input.logGroupNamePattern ?? '';
  const test = pattern.startsWith('^')
    ? (name: string): boolean => name.startsWith(pattern.slice(1))
    : (name: string): boolean => name.includes(pattern);
  const found = region.logs.byName().filter((group) => test(group.name));
  const question = ['list', pattern, input.logGroupClass];
  const from =
    input.nextToken === undefined
      ? 0
      : indexAfter(found, (g) => g.name, decodeToken(question, input.nextToken, invalidToken));
  const page = found.slice(from, from + (input.limit ?? 50));
  const last = page.at(-1);
  return {
    logGroups: page.map((group) => ({
      logGroupName: group.name,
      logGroupArn: group.arn,
      logGroupClass: group.logGroupClass,
    })),
    ...(last !== undefined && from + page.length < found.length
      ? { nextToken: encodeToken(question, last.name) }
      : {}),
  };
};

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
