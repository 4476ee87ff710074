import { z } from 'zod';
import { AwsError, validationError } from '../../errors';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';

const entry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
});
const putInput = z.object({ Entries: z.array(entry) });

/** What is wrong with an entry; null when nothing is. */
function fault({ Source, DetailType, Detail }: z.infer<typeof entry>): [string, string] | null {
  for (const [name, value] of [
    ['Source', Source],
    ['DetailType', DetailType],
    ['Detail', Detail],
  ] as const) {
    if (value === undefined || value === '') {
      return [
        'InvalidArgument',
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      ];
    }
  }
  if (Source?.startsWith('aws.') === true) {
    return ['NotAuthorizedForSourceException', 'Not authorized for the source.'];
  }
  try {
    const detail: unknown = JSON.parse(Detail ?? '');
    if (z.record(z.string(), z.unknown()).safeParse(detail).success) return null;
  } catch {
    // Said below, as for any other text that is no object.
  }
  return ['MalformedDetail', 'Detail is malformed.'];
}

/** Faults are told per entry. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const putEvents: Operation = ({ region }, body) => {
  const { Entries } = parseInput(putInput, body);
  if (Entries.length < 1 || Entries.length > 10) {
    throw validationError(
      `1 validation error detected: Value '${Entries.length}' at 'entries' failed to satisfy constraint: Member must have length between 1 and 10`,
    );
  }
  const answers = Entries.map((one) => {
    const found = fault(one);
    if (found !== null) return { ErrorCode: found[0], ErrorMessage: found[1] };
    region.resources.events.push({
      bus: one.EventBusName ?? 'default',
      source: one.Source ?? '',
      detailType: one.DetailType ?? '',
      detail: one.Detail ?? '',
    });
    return { EventId: region.resources.uuid() };
  });
  return {
    FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
    Entries: answers,
  };
};

const busShape = (region: RegionStore, name: string): Record<string, unknown> => ({
  Name: name,
  Arn: `arn:aws:events:${region.name}:${region.accountId}:event-bus/${name}`,
});

const DEFAULT_BUS = 'default';

const listEventBuses: Operation = ({ region }) => ({ EventBuses: [busShape(region, DEFAULT_BUS)] });

/** By its name or ARN. */
const describeEventBus: Operation = ({ region }, body) => {
  const { Name = DEFAULT_BUS } = parseInput(z.object({ Name: z.string().optional() }), body);
  const name = Name.split('/').at(-1) ?? Name;
  if (name === DEFAULT_BUS) return busShape(region, name);
  throw new AwsError(
    'ResourceNotFoundException',
    `Event bus ${name} does not exist.`,
    400,
    'ResourceNotFoundException',
  );
};

export const eventsOperations = {
  PutEvents: putEvents,
  ListEventBuses: listEventBuses,
  DescribeEventBus: describeEventBus,
};
