import { z } from 'zod';
import type { LogGroup } from '../../logs/log-group';
import type { Operation } from '../operation';
import { invalidParameter, notFound } from './errors';
import { groupOf, parseLogsInput } from './input';

const named = z.object({ logGroupName: z.string() });
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
