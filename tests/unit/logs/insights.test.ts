import { describe, expect, it } from 'vitest';
import { estimateQuery } from '../../../src/main/logs/insights/estimate';
import { columnsOf, mergeRows } from '../../../src/main/logs/insights/merged-rows';
import { malformedFailure } from '../../../src/main/logs/insights/query-failures';
import { knownGroups } from '../../../src/main/logs/known-groups';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 22);
const GB = 1024 ** 3;
const field = (name: string, value: string) => ({ field: name, value });

describe('an estimate', () => {
  const group = (
    name: string,
    storedBytes: number | null,
    retentionDays: number | null,
    ageDays: number,
  ) => ({
    connectionId: 'c',
    region: 'us-east-1',
    name,
    arn: `arn:${name}`,
    storedBytes,
    retentionDays,
    createdAt: NOW - ageDays * DAY,
    logClass: 'STANDARD',
  });
  const listing = (groups: object[]) => () => ({ sources: [], groupsJson: JSON.stringify(groups) });
  const ask = (groups: string[], days: number) => ({
    targets: [{ connectionId: 'c', region: 'us-east-1', groups }],
    startMs: NOW - days * DAY,
    endMs: NOW,
  });

  it('takes the share of the window in what a group keeps', () => {
    const known = knownGroups(
      listing([
        group('a', 30 * GB, 30, 400),
        group('b', 10 * GB, null, 10),
        group('c', null, 1, 9),
      ]),
    );
    const of = (names: string[], days: number) => estimateQuery(ask(names, days), known, NOW);
    expect(of(['a'], 1).bytes).toBe(GB);
    expect(of(['a'], 1).usd).toBeCloseTo(0.005);
    expect(of(['b'], 5).bytes).toBe(5 * GB);
    expect(of(['a', 'a'], 90).bytes).toBe(30 * GB);
    const some = of(['a', 'c', 'never seen'], 1);
    expect(some.bytes).toBe(GB);
    expect(some.basis).toContain('the stored bytes of 1 of 3 groups');
    expect(of(['c'], 1)).toMatchObject({ bytes: 0, basis: expect.stringContaining('nothing can') });
  });

  it('is nothing for a window before anything was kept', () => {
    const known = knownGroups(listing([group('a', GB, 7, 400)]));
    const window = { ...ask(['a'], 0), startMs: NOW - 20 * DAY, endMs: NOW - 10 * DAY };
    expect(estimateQuery(window, known, NOW).bytes).toBe(0);
  });
});

describe('rows of several targets', () => {
  const at = (time: string, more: string) => [
    field('@timestamp', `2026-11-22 ${time}`),
    field(more, 'x'),
    field('@ptr', `p${time}`),
  ];

  it('share their columns and follow one another in time, whichever way', () => {
    const first = [at('03:00', 'a'), at('01:00', 'a')];
    const second = [at('02:00', 'b')];
    const columns = columnsOf([first, second]);
    expect(columns).toEqual(['@timestamp', 'a', 'b']);
    const rows = mergeRows([first, second], columns);
    expect(rows.map(({ target, ptr }) => [target, ptr])).toEqual([
      [0, 'p03:00'],
      [1, 'p02:00'],
      [0, 'p01:00'],
    ]);
    expect(rows[1]?.values).toEqual(['2026-11-22 02:00', null, 'x']);
    const upwards = mergeRows([first.toReversed(), second], columns);
    expect(upwards.map(({ ptr }) => ptr)).toEqual(['p01:00', 'p02:00', 'p03:00']);
  });

  it('stay as each target has them when they are in another order', () => {
    const first = [at('01:00', 'a'), at('03:00', 'a'), at('02:00', 'a')];
    const rows = mergeRows([first, [at('04:00', 'a')]], columnsOf([first]));
    expect(rows.map(({ ptr }) => ptr)).toEqual(['p01:00', 'p03:00', 'p02:00', 'p04:00']);
  });
});

it('says line and character of a mistake, without AWS’s trailer', () => {
  const { message } = malformedFailure('c', 'fields a\n| filtr b', {
    message: 'unexpected symbol (Service: AWSLogs; Status Code: 400; Request ID: 1; Proxy: null)',
    start: 11,
    end: 16,
  });
  expect(message).toBe(
    'CloudWatch cannot read the query at line 2, character 3: unexpected symbol.',
  );
});
