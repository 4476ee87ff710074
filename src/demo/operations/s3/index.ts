import { z } from 'zod';
import { AwsError } from '../../errors';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { FlatList, NamedList, Raw } from '../raw';

const CREATED = '2024-03-11T09:20:00.000Z';

function keysOf(region: RegionStore, bucket: string): string[] {
  const keys = region.resources.buckets.get(bucket);
  if (keys === undefined) {
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }
  return keys;
}

const listBuckets: Operation = ({ region }) => ({
  Owner: { ID: region.accountId },
  Buckets: new NamedList(
    'Bucket',
    [...region.resources.buckets.keys()].map((Name) => ({ Name, CreationDate: CREATED })),
  ),
});

const named = z.object({ Bucket: z.string() });

/** Has no body, so that what is wrong is told by the status alone. */
const headBucket: Operation = ({ region }, body) => {
  const known = region.resources.buckets.has(parseInput(named, body).Bucket);
  return { raw: new Raw(known ? 200 : 404, { 'x-amz-bucket-region': region.name }, '') };
};

const listInput = named.extend({
  prefix: z.string().optional(),
  'max-keys': z.coerce.number().int().min(0).max(1000).optional(),
});

const listObjects: Operation = ({ region }, body) => {
  const input = parseInput(listInput, body);
  const prefix = input.prefix ?? '';
  const most = input['max-keys'] ?? 1000;
  const keys = keysOf(region, input.Bucket).filter((key) => key.startsWith(prefix));
  const part = keys.slice(0, most);
  return {
    Name: input.Bucket,
    Prefix: prefix,
    KeyCount: part.length,
    MaxKeys: most,
    IsTruncated: part.length < keys.length,
    Contents: new FlatList(part.map((Key) => ({ Key, LastModified: CREATED, Size: 20_480 }))),
  };
};

export const s3Operations = {
  ListBuckets: listBuckets,
  HeadBucket: headBucket,
  ListObjectsV2: listObjects,
};
