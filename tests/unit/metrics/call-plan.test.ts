import { describe, expect, it } from 'vitest';
import { planCalls } from '../../../src/main/metrics/call-plan';
import { questionsOf } from '../../../src/main/metrics/question';
import type { MetricQuery, QueryGroup } from '../../../src/shared/metrics/query';

const HOUR = 3_600_000;
const END = Date.UTC(2026, 0, 15, 3);

const metric = (id: string, name: string, more: Partial<MetricQuery> = {}): MetricQuery => ({
  id,
  metric: { namespace: 'N', metricName: name, dimensions: [] },
  expression: null,
  stat: 'Sum',
  unit: null,
  periodSeconds: 300,
  label: null,
  accountId: null,
  returnData: true,
  ...more,
});
const math = (id: string, expression: string, more: Partial<MetricQuery> = {}): MetricQuery =>
  metric(id, '', { metric: null, expression, stat: null, periodSeconds: null, ...more });

const group = (queries: MetricQuery[], hours = 3, labelOffset = '+0000'): QueryGroup => ({
  connectionId: 'c',
  region: 'us-east-1',
  queries,
  startMs: END - hours * HOUR,
  endMs: END,
  labelOffset,
});

const plan = (...groups: QueryGroup[]) =>
  planCalls(
    groups.flatMap((one) =>
      questionsOf(one).map(({ question }) => ({
        question,
        fromMs: one.startMs,
        toMs: one.endMs,
        suspect: false,
      })),
    ),
  );
const expressionsOf = (call: ReturnType<typeof plan>[number] | undefined) =>
  call?.queries.flatMap(({ Expression }) => Expression ?? []);

describe('packing questions into calls', () => {
  it('renames ids outside quotes only, and keeps every expression on its own inputs', () => {
    const calls = plan(
      group([metric('a', 'A', { returnData: false }), math('e', 'a * 2 + IF(a > 1, a, 0)')]),
      group([metric('a', 'B', { returnData: false }), math('e', `a / 2`, { label: 'a "a"' })]),
    );
    expect(calls).toHaveLength(1);
    const [call] = calls;
    const ids = call?.queries.map(({ Id }) => Id) ?? [];
    expect(new Set(ids).size).toBe(4);
    const idOf = (name: string) =>
      call?.queries.find(({ MetricStat }) => MetricStat?.Metric?.MetricName === name)?.Id;
    expect(expressionsOf(call)?.toSorted()).toEqual(
      [`${idOf('A')} * 2 + IF(${idOf('A')} > 1, ${idOf('A')}, 0)`, `${idOf('B')} / 2`].toSorted(),
    );
    expect(call?.queries.filter(({ ReturnData }) => ReturnData === true)).toHaveLength(2);
  });

  it('lets METRICS() see its own group only, under its own ids', () => {
    const calls = plan(
      group([metric('load1', 'A'), metric('other', 'B'), math('s', 'SUM(METRICS("load"))')]),
      group([metric('m', 'C')]),
    );
    expect(calls).toHaveLength(2);
    const alone = calls.find((call) => expressionsOf(call)?.length === 1);
    expect(alone?.queries.map(({ Id }) => Id).toSorted()).toEqual(['load1', 'other', 's']);
    expect(alone?.wants).toHaveLength(3);
  });

  it('puts one Metrics Insights query in a call, and one time zone', () => {
    const insights = (name: string) =>
      math('q', `SELECT AVG(${name}) FROM SCHEMA("AWS/EC2", InstanceId)`, { periodSeconds: 300 });
    expect(plan(group([insights('A')]), group([insights('B')]))).toHaveLength(2);
    const labelled = metric('m', 'A', { label: '${LABEL} ${LAST_TIME}' });
    expect(plan(group([labelled], 3, '+0100'), group([labelled], 3, '+0200'))).toHaveLength(2);
    expect(plan(group([labelled], 3, '+0100'))[0]?.labelOffset).toBe('+0100');
  });

  it('joins periods that divide each other on the longer one’s grid, and no others', () => {
    const [call, ...more] = plan(
      group([metric('m', 'A', { periodSeconds: 60 })]),
      group([metric('m', 'B', { periodSeconds: 3600 })]),
    );
    expect(more).toEqual([]);
    expect((call?.startMs ?? 1) % 3_600_000).toBe(0);
    const odd = plan(
      group([metric('m', 'A', { periodSeconds: 120 })]),
      group([metric('m', 'B', { periodSeconds: 300 })]),
    );
    expect(odd).toHaveLength(2);
  });

  it('asks what depends on its window for exactly that window', () => {
    const rate = group([metric('m', 'A', { returnData: false }), math('e', 'RATE(m)')], 3);
    const [whole] = questionsOf(rate);
    expect(whole?.question.whole).toBe(true);
    const calls = plan(rate, group([metric('m', 'A')], 24));
    const own = calls.find((call) => expressionsOf(call)?.includes('RATE(nd0q0)'));
    expect(own?.startMs).toBe(END - 3 * HOUR);
    expect(calls).toHaveLength(2);
  });

  it('knows a question again whatever its ids, and tells apart what differs', () => {
    const keyOf = (...queries: MetricQuery[]) => questionsOf(group(queries)).at(-1)?.question.key;
    const input = { returnData: false };
    expect(keyOf(metric('a', 'A', input), math('x', 'a + 1'))).toBe(
      keyOf(metric('b', 'A', input), math('y', 'b + 1')),
    );
    expect(keyOf(metric('a', 'A', { label: 'one' }))).toBe(keyOf(metric('b', 'A')));
    expect(keyOf(metric('a', 'A'))).not.toBe(keyOf(metric('a', 'A', { stat: 'p99' })));
    expect(keyOf(metric('a', 'A'))).not.toBe(keyOf(metric('a', 'A', { unit: 'Count' })));
    expect(keyOf(metric('a', 'A'))).not.toBe(
      keyOf(metric('a', 'A', { accountId: '111122223333' })),
    );
  });
});
