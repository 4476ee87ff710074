import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmState } from '../../../src/shared/alarms/alarm';
import { createIncidentBook, openIncident } from '../../../src/shared/incidents/incident-book';
import type { IncidentBook } from '../../../src/shared/incidents/incident-book';
import type { JournalEvent } from '../../../src/shared/incidents/journal-events';
import { reduceIncidents } from '../../../src/shared/incidents/reduce-incidents';
import { START, transition } from './fixtures';

const alarms = ['a', 'b', 'c'];
const alarm = fc.constantFrom(...alarms);

type Step =
  | { do: 'see'; alarm: string; to: AlarmState }
  | { do: 'acknowledge'; alarms: string[]; forMs: number | null }
  | { do: 'snooze'; alarms: string[]; forMs: number }
  | { do: 'undo'; back: number }
  | { do: 'repeat'; back: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('see' as const),
      alarm,
      to: fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA'),
    }),
  },
  fc.record({
    do: fc.constant('acknowledge' as const),
    alarms: fc.subarray(alarms, { minLength: 1 }),
    forMs: fc.option(fc.integer({ min: 1, max: 3_600_000 })),
  }),
  fc.record({
    do: fc.constant('snooze' as const),
    alarms: fc.subarray(alarms, { minLength: 1 }),
    forMs: fc.integer({ min: 1, max: 3_600_000 }),
  }),
  fc.record({ do: fc.constant('undo' as const), back: fc.nat(5) }),
  fc.record({ do: fc.constant('repeat' as const), back: fc.nat(5) }),
);
const steps = fc.array(fc.record({ step, waitMs: fc.integer({ min: 0, max: 900_000 }) }), {
  maxLength: 60,
});

interface Written {
  at: number;
  event: JournalEvent;
}

/** The journal a run of steps writes. `repeat` writes an earlier entry once more, as a retry would. */
function write(run: { step: Step; waitMs: number }[]): Written[] {
  const journal: Written[] = [];
  const commands: string[] = [];
  let at = START;
  for (const { step: one, waitMs } of run) {
    at += waitMs;
    const event = eventOf(one, at, journal, commands);
    if (event !== undefined) journal.push({ at, event });
  }
  return journal;
}

function eventOf(
  one: Step,
  at: number,
  journal: Written[],
  commands: string[],
): JournalEvent | undefined {
  const commandId = `command-${commands.length}`;
  switch (one.do) {
    case 'see':
      return { type: 'transition', transition: transition(one.alarm, one.to, at) };
    case 'acknowledge': {
      commands.push(commandId);
      const expiresAt = one.forMs === null ? null : at + one.forMs;
      const alarmKeys = one.alarms.map((name) => `c|${name}`);
      return { type: 'acknowledged', commandId, alarmKeys, by: 'maria', expiresAt, note: null };
    }
    case 'snooze': {
      commands.push(commandId);
      const alarmKeys = one.alarms.map((name) => `c|${name}`);
      return { type: 'snoozed', commandId, alarmKeys, by: 'maria', until: at + one.forMs };
    }
    case 'undo': {
      const undone = commands.at(-1 - one.back);
      return undone === undefined ? undefined : { type: 'undone', commandId: undone, by: 'maria' };
    }
    case 'repeat':
      return journal.at(-1 - one.back)?.event;
  }
}

function replay(journal: Written[]): IncidentBook {
  const book = createIncidentBook();
  journal.forEach((entry, index) => reduceIncidents(book, { seq: index + 1, ...entry }));
  return book;
}

describe('incidents, reduced from the journal', () => {
  it('are the same however often the journal is replayed', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const journal = write(run);
        expect(replay(journal)).toEqual(replay(structuredClone(journal)));
      }),
    );
  });

  it('follow the reference model: open from ALARM until OK, with at most one open an alarm', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const journal = write(run);
        const book = replay(journal);
        for (const name of alarms) {
          const open = openIncident(book, `c|${name}`);
          expect(open !== null).toBe(isOpenInModel(journal, `c|${name}`));
          const states = [...book.incidents.values()].filter(
            (one) => one.alarmKey === `c|${name}` && one.state !== 'resolved',
          );
          expect(states).toHaveLength(open === null ? 0 : 1);
        }
      }),
    );
  });

  it('never lose a transition into ALARM: each is untold, listed and counted exactly once', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const journal = write(run);
        const book = replay(journal);
        const fired = new Set(
          journal.flatMap(({ event }) =>
            event.type === 'transition' && event.transition.to === 'ALARM'
              ? [event.transition.id]
              : [],
          ),
        );
        expect(new Set(book.untold)).toEqual(fired);
        expect(new Set(book.inbox.keys())).toEqual(fired);
        const counted = [...book.incidents.values()].reduce((sum, one) => sum + one.alarmCount, 0);
        expect(counted).toBe(fired.size);
      }),
    );
  });

  it('are what they were when a command is undone at once', () => {
    fc.assert(
      fc.property(
        steps,
        fc.subarray(alarms, { minLength: 1 }),
        fc.boolean(),
        (run, names, snooze) => {
          const journal = write(run);
          const at = journal.at(-1)?.at ?? START;
          const alarmKeys = names.map((name) => `c|${name}`);
          const common = { commandId: 'last', alarmKeys, by: 'maria' };
          const command: JournalEvent = snooze
            ? { type: 'snoozed', ...common, until: at + 1_000 }
            : { type: 'acknowledged', ...common, expiresAt: null, note: null };
          const undo: JournalEvent = { type: 'undone', commandId: 'last', by: 'maria' };
          const before = replay(journal);
          const after = replay([...journal, { at, event: command }, { at, event: undo }]);
          for (const [id, incident] of before.incidents) {
            const { acknowledgement, snooze: snoozed } = incident;
            const lapsed = (time: number | null | undefined): boolean => (time ?? Infinity) <= at;
            expect(after.incidents.get(id)).toMatchObject(
              lapsed(acknowledgement?.expiresAt) || lapsed(snoozed?.until)
                ? { resolvedAt: incident.resolvedAt }
                : { acknowledgement, snooze: snoozed, state: incident.state },
            );
          }
        },
      ),
    );
  });
});

/** An incident is open when the newest of the alarm's ALARM and OK changes is ALARM. */
function isOpenInModel(journal: Written[], alarmKey: string): boolean {
  const last = journal
    .flatMap(({ event }) => (event.type === 'transition' ? [event.transition] : []))
    .filter((one) => one.alarmKey === alarmKey && one.to !== 'INSUFFICIENT_DATA')
    .reduce<{ at: number; to: AlarmState } | null>(
      (newest, one) => (newest === null || one.at >= newest.at ? one : newest),
      null,
    );
  return last?.to === 'ALARM';
}
