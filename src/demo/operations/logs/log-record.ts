import { z } from 'zod';
import type { LogEvent } from '../../logs/event';
import { LogRow, pointerOf, readPointer } from '../../logs/insights/row';
import { minuteOf } from '../../logs/source';
import type { Operation } from '../operation';
import { invalidParameter, notFound } from './errors';
import { parseLogsInput, patternOf } from './input';

const recordInput = z.object({
  logRecordPointer: z.string().min(1),
  unmask: z.boolean().optional(),
});

/** One record with all its discovered fields, by the `@ptr` of a query's row. */
export const getLogRecord: Operation = ({ world, region }, body) => {
  const pointer = readPointer(parseLogsInput(recordInput, body).logRecordPointer);
  if (pointer === null) throw invalidParameter('Invalid logRecordPointer');
  const group = region.logs.groups.get(pointer.group);
  const found: LogEvent | undefined = group
    ?.minute(minuteOf(pointer.timestamp), world.now())
    .find((event) => event.timestamp === pointer.timestamp && event.key === pointer.key);
  if (group === undefined || found === undefined) {
    throw notFound('The specified log record does not exist.');
  }
  const row = new LogRow(group, found);
  return { logRecord: { ...row.allFields(), '@ptr': pointerOf(group.name, found) } };
};

const testInput = z.object({
  filterPattern: z.string().max(1024),
  logEventMessages: z.array(z.string().min(1)).min(1).max(50),
});

/** Which of the given messages a pattern matches, and what it takes from them. */
export const testMetricFilter: Operation = (_context, body) => {
  const input = parseLogsInput(testInput, body);
  const pattern = patternOf(input.filterPattern);
  return {
    matches: input.logEventMessages.flatMap((message, index) =>
      pattern.matches(message)
        ? [
            {
              eventNumber: index + 1,
              eventMessage: message,
              extractedValues: pattern.extract(message),
            },
          ]
        : [],
    ),
  };
};
