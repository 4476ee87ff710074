import { z } from 'zod';
import { AwsError } from '../errors';
import type { RegionStore } from '../region';
import type { Operation } from './operation';
import { parseInput } from './parse';

const arnInput = z.object({ ResourceARN: z.string() });
const tagInput = arnInput.extend({
  Tags: z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })),
});
const untagInput = arnInput.extend({ TagKeys: z.array(z.string()) });

/** An ARN that names nothing has no tags: AWS answers an empty list for a deleted alarm. */
export const listTagsForResource: Operation = ({ region }, body) => {
  const { ResourceARN } = parseInput(arnInput, body);
  return {
    Tags: [...(region.tags.get(ResourceARN) ?? new Map<string, string>())].map(([Key, Value]) => ({
      Key,
      Value,
    })),
  };
};

export const tagResource: Operation = ({ region }, body) => {
  const input = parseInput(tagInput, body);
  mustExist(region, input.ResourceARN);
  const tags = region.tags.get(input.ResourceARN) ?? new Map<string, string>();
  for (const { Key, Value } of input.Tags) tags.set(Key, Value);
  region.tags.set(input.ResourceARN, tags);
  return {};
};

export const untagResource: Operation = ({ region }, body) => {
  const input = parseInput(untagInput, body);
  mustExist(region, input.ResourceARN);
  for (const key of input.TagKeys) region.tags.get(input.ResourceARN)?.delete(key);
  return {};
};

function mustExist(region: RegionStore, arn: string): void {
  if (region.find(arn) === undefined) {
    throw new AwsError('ResourceNotFoundException', `Unknown resource ${arn}`, 404);
  }
}
