/** Puts one event on a bus. An event that the bus turns down fails the step. */
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { failed, orMissing, readsOf, refusedValue, shortName } from './common';

type Action = ActionOf<'eventbridge-put'>;

const LIMIT_MS = 60_000;
const DEFAULT = 'default';
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const MOST_BYTES = 262_144;

export const eventbridgePut: ChangeHandler<'eventbridge-put'> = {
  kind: 'eventbridge-put',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ bus = DEFAULT }) => shortName(bus),
  async effect(action, context) {
    detailOf(action);
    const { bus = DEFAULT } = action;
    // Every account has this one.
    if (bus !== DEFAULT) {
      const reads = readsOf(context);
      await orMissing(`bus ${shortName(bus)}`, reads, () =>
        reads.describeEventBus(bus, context.signal),
      );
    }
    return `goes to the rules of the bus ${shortName(bus)} for ${action.source} · ${action.detailType}`;
  },
  async run(action, { signal, clock }, changes) {
    const { bus = DEFAULT, source, detailType } = action;
    const entry = {
      EventBusName: bus,
      Source: source,
      DetailType: detailType,
      Detail: detailOf(action),
      Time: new Date(clock.now()),
    };
    const { FailedEntryCount = 0, Entries = [] } = await changes.putEvents(
      { Entries: [entry] },
      signal,
    );
    const [answer] = Entries;
    if (FailedEntryCount > 0 || answer?.ErrorCode !== undefined) {
      const { ErrorCode = 'no code', ErrorMessage = 'no reason was given' } = answer ?? {};
      throw failed(
        `EventBridge turned the event down (${ErrorCode}): ${ErrorMessage}`,
        'Change the event in the runbook.',
        'invalid',
      );
    }
    return jsonOutput({ bus: shortName(bus), eventId: answer?.EventId ?? null });
  },
};

function detailOf({ source, detail }: Action): string {
  if (source.startsWith('aws.')) {
    throw refusedValue('source: those that begin with aws. are AWS’s own.');
  }
  const text = JSON.stringify(detail);
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  throw refusedValue('detail: an event has 256 KB at most.');
}
