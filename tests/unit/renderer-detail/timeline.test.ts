import { describe, expect, it } from 'vitest';
import { mergeTimelines } from '../../../src/renderer/alarm-detail/timeline';
import type { TimelineEntry } from '../../../src/shared/incidents/incident';

const entry = (over: Partial<TimelineEntry>): TimelineEntry => ({
  id: 'x',
  at: 0,
  kind: 'transition',
  text: '',
  by: null,
  state: null,
  source: null,
  ...over,
});

describe('timeline', () => {
  it('tells a change once, however many sources have it, and keeps the first source', () => {
    const incident = [
      entry({ id: 'a', at: 10_000, state: 'ALARM', text: 'seen by poll', source: 'poll' }),
      entry({ id: 'n', at: 10_400, kind: 'notified' }),
    ];
    const history = [
      entry({ id: 'h1', at: 10_800, state: 'ALARM', source: 'history' }),
      entry({ id: 'h2', at: 2_000, state: 'OK', source: 'history' }),
      entry({ id: 'c', at: 1_000, kind: 'configuration' }),
    ];
    expect(mergeTimelines(incident, history).map((each) => each.id)).toEqual(['n', 'a', 'h2', 'c']);
  });

  it('keeps quick flaps of one source apart', () => {
    const history = [0, 500, 1000, 1500].map((at, index) =>
      entry({ id: `f${index}`, at, state: index % 2 ? 'OK' : 'ALARM' }),
    );
    expect(mergeTimelines([], history)).toHaveLength(4);
  });

  it('shows an entry with a known id once, also within one source', () => {
    expect(
      mergeTimelines([entry({ id: 'a' }), entry({ id: 'a' })], [entry({ id: 'a' })]),
    ).toHaveLength(1);
  });

  it('puts the later of two at the same time first', () => {
    const both = [entry({ id: 'first', kind: 'noted' }), entry({ id: 'second', kind: 'noted' })];
    expect(mergeTimelines(both).map((each) => each.id)).toEqual(['second', 'first']);
  });
});
