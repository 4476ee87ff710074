import { z } from 'zod';
import type { Operation } from '../operation';
import { invalidParameter, noSuchStream } from './errors';
import { groupOf, parseLogsInput } from './input';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OLDEST = 14 * DAY;
const NEWEST = 2 * HOUR;
const BATCH_BYTES = 1_048_576;

const putInput = z.object({
  logGroupName: z.string(),
  logStreamName: z.string().min(1),
  sequenceToken: z.string().optional(),
  logEvents: z
    .array(z.object({ timestamp: z.number().int().min(0), message: z.string().min(1) }))
    .min(1)
    .max(10_000),
});

/** Keeps what is put; what is too old or too far ahead is named and left out. */
export const putLogEvents: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(putInput, body);
  const group = groupOf(region, input);
  const now = world.now();
  if (!group.hasStream(input.logStreamName, now)) throw noSuchStream();
  const stream =
    group.putStreams.get(input.logStreamName) ?? group.addStream(input.logStreamName, now);
  const records = input.logEvents;
  if (records.some((record, index) => record.timestamp < (records[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter(
      'Log events in a single PutLogEvents request must be in chronological order.',
    );
  }
  const bytes = records.reduce((sum, record) => sum + Buffer.byteLength(record.message) + 26, 0);
  if (bytes > BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${BATCH_BYTES}`);
  }
  if ((records.at(-1)?.timestamp ?? 0) - (records[0]?.timestamp ?? 0) > DAY) {
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  }
  const kept = group.retentionInDays === null ? Infinity : group.retentionInDays * DAY;
  const tooOld = records.filter((record) => record.timestamp < now - OLDEST).length;
  const expired = records.filter(
    (record) => record.timestamp < now - Math.min(kept, OLDEST),
  ).length;
  const tooNew = records.findIndex((record) => record.timestamp > now + NEWEST);
  const accepted = records.slice(expired, tooNew < 0 ? undefined : tooNew);
  group.append(stream, accepted, now);
  const rejected = {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(expired > tooOld ? { expiredLogEventEndIndex: expired } : {}),
    ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }),
  };
  return {
    nextSequenceToken: String(now).padStart(56, '4'),
    ...(Object.keys(rejected).length === 0 ? {} : { rejectedLogEventsInfo: rejected }),
  };
};
