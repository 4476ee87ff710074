import { z } from 'zod';
import type { LogGroup } from '../../logs/log-group';
import { decodeToken, encodeToken, indexAfter } from '../paging';
import type { Operation } from '../operation';
import { alreadyExists, invalidParameter, invalidToken } from './errors';
import { checkName, groupOf, parseLogsInput } from './input';

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
