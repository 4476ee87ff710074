import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alarm, AlarmState, AlarmTransition } from '../../../src/shared/alarms/alarm';
import { alarmsFromAws } from '../../../src/main/alarms/from-aws';
import { Changes, RegionBook } from '../../../src/main/alarms/region-book';

const ARN = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:a';
const KEY = `c|${ARN}`;
const START = Date.UTC(2026, 0, 15);

const sight = (state: AlarmState, at: number, dated = true) => {
  const [sighting] = alarmsFromAws(
    {
      MetricAlarms: [
        {
          AlarmArn: ARN,
          AlarmName: 'a',
          StateValue: state,
          StateUpdatedTimestamp: new Date(at),
          ...(dated ? { StateTransitionedTimestamp: new Date(at) } : {}),
        },
      ],
    },
    { connectionId: 'c', region: 'us-east-1', receivedAt: at },
  );
  if (sighting === undefined) throw new Error('no sighting');
  return sighting;
};

class Harness {
  readonly alarms = new Map<string, Alarm>();
  readonly transitions: AlarmTransition[] = [];
  book = new RegionBook(this.alarms, () => 'warning');

  see(state: AlarmState, at: number, dated = true): Changes {
    return this.with((changes) => this.book.observe(sight(state, at, dated), 'poll', at, changes));
  }
  hear(source: 'history' | 'push', from: AlarmState, to: AlarmState, at: number): Changes {
    const change = { from, to, at, reason: '', reasonData: null, source };
    return this.with((changes) => this.book.apply(KEY, change, at, changes));
  }
  restart(): void {
    this.alarms.clear();
    this.book = new RegionBook(this.alarms, () => 'warning');
    this.book.seed(this.transitions);
  }
  get alarmTimes(): number[] {
    return this.transitions.filter(({ to }) => to === 'ALARM').map(({ at }) => at);
  }
  private with(act: (changes: Changes) => void): Changes {
    const changes = new Changes();
    act(changes);
    this.transitions.push(...changes.transitions);
    return changes;
  }
}

describe('RegionBook', () => {
  it('tells an alarm that already fires at first sight, as not observed', () => {
    const h = new Harness();
    h.see('ALARM', START);
    expect(h.transitions).toMatchObject([{ to: 'ALARM', from: null, observed: false }]);
  });

  it('takes poll, history and push of one change as one, though their times differ', () => {
    const h = new Harness();
    h.see('OK', START);
    h.hear('push', 'OK', 'ALARM', START + 60_000);
    h.see('ALARM', START + 60_400);
    h.hear('history', 'OK', 'ALARM', START + 59_900);
    expect(h.alarmTimes).toEqual([START + 60_000]);
  });

  it('tells two changes of the same kind within the tolerance apart', () => {
    const h = new Harness();
    h.see('OK', START);
    h.see('ALARM', START + 10_000);
    h.see('ALARM', START + 11_500);
    expect(h.alarmTimes).toHaveLength(2);
  });

  it('sees a gap when the same state has a new time, and history then closes the episode', () => {
    const h = new Harness();
    h.see('OK', START);
    expect(h.see('OK', START + 90_000).gap).toBe(true);
    h.hear('history', 'OK', 'ALARM', START + 30_000);
    h.hear('history', 'ALARM', 'OK', START + 90_000);
    expect(h.transitions.map(({ to }) => to)).toEqual(['ALARM', 'OK']);
    expect(h.alarms.get(KEY)?.state).toBe('OK');
  });

  it('invents no change when an answer has no transition time', () => {
    const h = new Harness();
    h.see('ALARM', START, false);
    h.see('ALARM', START + 30_000, false);
    expect(h.alarmTimes).toHaveLength(1);
  });

  it('never goes back to an older state for a late answer', () => {
    const h = new Harness();
    h.see('ALARM', START);
    h.see('OK', START + 60_000);
    h.see('ALARM', START);
    expect(h.alarms.get(KEY)?.state).toBe('OK');
    expect(h.alarmTimes).toHaveLength(1);
  });

  it('says again that an episode is over when its beginning is told late', () => {
    const h = new Harness();
    h.see('INSUFFICIENT_DATA', START);
    h.see('OK', START + 60_000);
    h.hear('push', 'INSUFFICIENT_DATA', 'ALARM', START + 30_000);
    expect(h.transitions.map(({ to }) => to)).toEqual(['OK', 'ALARM', 'OK']);
    expect(h.transitions.at(-1)).toMatchObject({ from: 'ALARM', at: START + 60_000 });
    expect(new Set(h.transitions.map(({ id }) => id)).size).toBe(3);
  });

  it('tells every transition into ALARM exactly once, whatever the order, duplicates and outages', () => {
    const change = fc.record({
      gapMs: fc.integer({ min: 5_000, max: 900_000 }),
      to: fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA'),
      polled: fc.boolean(),
      pushed: fc.boolean(),
      pushedTwice: fc.boolean(),
      jitter: fc.integer({ min: -400, max: 400 }),
      late: fc.boolean(),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (steps) => {
        const h = new Harness();
        h.see('OK', START);
        const truth: { from: AlarmState; to: AlarmState; at: number; jitter: number }[] = [];
        const delayed: (() => void)[] = [];
        let state: AlarmState = 'OK';
        let at = START;
        for (const step of steps) {
          at += step.gapMs;
          if (step.to === state) continue;
          const now = { from: state, to: step.to, at, jitter: step.jitter };
          truth.push(now);
          state = step.to;
          const poll = () => h.see(now.to, now.at + now.jitter);
          const push = () => h.hear('push', now.from, now.to, now.at);
          if (step.pushed && step.late) delayed.push(push);
          if (step.pushed && !step.late) push();
          if (step.pushedTwice && step.pushed) push();
          if (step.polled) poll();
          if (step.late && step.polled) delayed.push(poll);
          if (step.restart) {
            h.restart();
            h.see(now.to, now.at + now.jitter);
          }
        }
        for (const late of delayed.reverse()) late();
        for (const past of truth) h.hear('history', past.from, past.to, past.at);
        for (const past of truth) h.hear('history', past.from, past.to, past.at);
        const wanted = truth.filter(({ to }) => to === 'ALARM');
        const told = [...h.alarmTimes].sort((a, b) => a - b);
        expect(told).toHaveLength(wanted.length);
        wanted.forEach((one, i) => expect(Math.abs((told[i] ?? 0) - one.at)).toBeLessThan(500));
        expect(new Set(h.transitions.map(({ id }) => id)).size).toBeGreaterThanOrEqual(told.length);
        expect(h.alarms.get(KEY)?.state).toBe(state);
        // The newest transition told is the present state, so no incident stays open or closed wrongly.
        const newest = h.transitions.toSorted((a, b) => a.at - b.at).at(-1);
        if (wanted.length > 0) expect(newest?.to === 'ALARM').toBe(state === 'ALARM');
      }),
      { numRuns: 500 },
    );
  });
});
