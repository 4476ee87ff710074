import { describe, expect, it } from 'vitest';
import { insightsQuerySchema } from '../../../src/shared/logs/insights';
import type { InsightsQuery, InsightsState } from '../../../src/shared/logs/insights';
import { LogRuns } from '../../../src/renderer/dashboards/log-widget-runs';
import type { LogQuestion, LogRun } from '../../../src/renderer/dashboards/log-widget-runs';
import { lastText, runningText } from '../../../src/renderer/dashboards/LogWidgetFoot';

const NOW = Date.UTC(2026, 0, 31, 12);
const HERE = { connectionId: 'crm', region: 'us-east-1' };

const question = (name: string, place = HERE): LogQuestion => ({
  key: `${place.connectionId} ${name}`,
  targets: [{ ...place, groups: [name] }],
  query: 'fields @message',
  language: 'CWLI',
  range: { start: '-PT3H', end: null },
});

interface Rig {
  runs: LogRuns;
  asked: InsightsQuery[];
  stopped: string[];
  closed: string[];
  run(key: string): LogRun | null;
  tell(asked: InsightsQuery, change: Partial<InsightsState>, rows?: string[]): void;
}

function rig(query?: (asked: InsightsQuery) => Promise<InsightsState>): Rig {
  const asked: InsightsQuery[] = [];
  const stopped: string[] = [];
  const closed: string[] = [];
  const rows = new Map<string, string[]>();
  const stateOf = (one: InsightsQuery, change: Partial<InsightsState>): InsightsState => ({
    queryId: one.queryId,
    phase: 'running',
    targets: one.targets.map((target) => ({
      connectionId: target.connectionId,
      region: target.region,
      status: 'running',
      recordsMatched: 0,
      recordsScanned: 0,
      bytesScanned: 12 * 2 ** 20,
      rows: rows.get(one.queryId)?.length ?? 0,
      failure: null,
    })),
    columns: ['@message'],
    rows: rows.get(one.queryId)?.length ?? 0,
    revision: rows.get(one.queryId)?.length ?? 0,
    costUsd: 0.00006,
    startedAt: NOW,
    endedAt: null,
    ...change,
  });
  const runs = new LogRuns({
    query: (one) => {
      asked.push(one);
      return query?.(one) ?? Promise.resolve(stateOf(one, {}));
    },
    rows: (id) =>
      Promise.resolve({
        revision: rows.get(id)?.length ?? 0,
        rowsJson: JSON.stringify(
          (rows.get(id) ?? []).map((text) => ({ target: 0, ptr: null, values: [text] })),
        ),
      }),
    stop: (id) => void stopped.push(id),
    close: (id) => void closed.push(id),
    toFailure: (error, operation) => ({
      kind: 'unknown',
      connectionId: null,
      operation,
      message: String(error),
      advice: '',
    }),
    now: () => NOW,
    changed: () => undefined,
  });
  return {
    runs,
    asked,
    stopped,
    closed,
    run: (key) => runs.of(key),
    tell: (one, change, text) => {
      if (text !== undefined) rows.set(one.queryId, text);
      runs.told(stateOf(one, change));
    },
  };
}

const shownOf = (run: LogRun | null): (string | null | undefined)[] | null =>
  run?.held?.rows.map(({ values }) => values[0]) ?? null;
const only = (asked: readonly InsightsQuery[], at = 0): InsightsQuery => {
  const one = asked[at];
  if (one === undefined) throw new Error('Nothing was asked');
  return one;
};

describe('a run', () => {
  const one = question('/a');

  it('shows partial rows, then all, what they cost, and lets main forget them', async () => {
    const { runs, asked, closed, run, tell } = rig();
    runs.start(one, 0);
    runs.start(one, 0);
    expect(asked).toHaveLength(1);
    expect(insightsQuerySchema.safeParse(only(asked)).success).toBe(true);
    tell(only(asked), {}, ['first']);
    await expect.poll(() => shownOf(run(one.key))).toEqual(['first']);
    expect(runningText(run(one.key) ?? fail())).toBe('Running · 1 rows so far · 12 MB · $0.00006');
    tell(only(asked), { phase: 'complete', endedAt: NOW }, ['first', 'second']);
    await expect.poll(() => run(one.key)?.running).toBe(false);
    expect(shownOf(run(one.key))).toEqual(['first', 'second']);
    expect(lastText(run(one.key) ?? fail(), NOW + 120_000)).toBe(
      'Last run 2 min ago · 12 MB · $0.00006',
    );
    expect(closed).toEqual([only(asked).queryId]);
  });

  it('keeps the rows before on show until a newer run has ended', async () => {
    const { runs, asked, run, tell } = rig();
    runs.start(one, 0);
    tell(only(asked), { phase: 'complete', endedAt: NOW }, ['old']);
    await expect.poll(() => run(one.key)?.running).toBe(false);
    runs.start(one, 1);
    tell(only(asked, 1), {}, ['new']);
    await Promise.resolve();
    expect(shownOf(run(one.key))).toEqual(['old']);
    tell(only(asked, 1), { phase: 'complete', endedAt: NOW }, ['new', 'newer']);
    await expect.poll(() => shownOf(run(one.key))).toEqual(['new', 'newer']);
  });

  it('shows what came before it was stopped', async () => {
    const { runs, asked, stopped, run, tell } = rig();
    runs.start(one, 0);
    tell(only(asked), {}, ['first']);
    runs.stop(one.key);
    expect(stopped).toEqual([only(asked).queryId]);
    tell(only(asked), { phase: 'stopped', endedAt: NOW }, ['first', 'second']);
    await expect.poll(() => run(one.key)?.running).toBe(false);
    expect(shownOf(run(one.key))).toEqual(['first', 'second']);
    expect(run(one.key)).toMatchObject({ stopped: true, last: { failed: true } });
  });

  it('is stopped when nobody shows it any more, and asked anew by who comes next', async () => {
    const { runs, asked, stopped, run } = rig();
    const first = runs.watch(one.key);
    const second = runs.watch(one.key);
    runs.start(one, 0);
    await expect.poll(() => run(one.key)?.state).not.toBeNull();
    first();
    expect(stopped).toEqual([]);
    second();
    expect(stopped).toEqual([only(asked).queryId]);
    expect(run(one.key)).toBeNull();
    runs.start(one, 1);
    expect(asked).toHaveLength(2);
  });

  it('says why it was refused, and can be run again', async () => {
    const { runs, asked, run } = rig(() => Promise.reject(new Error('no')));
    runs.start(one, 0);
    await expect.poll(() => run(one.key)?.failure?.message).toBe('Error: no');
    expect(run(one.key)?.running).toBe(false);
    runs.start(one, 1);
    expect(asked).toHaveLength(2);
  });
});

it('one account that hangs delays no other, and takes only so many questions at once', async () => {
  const hung = { connectionId: 'rt', region: 'us-west-1' };
  const { runs, asked, run, tell } = rig((one) =>
    one.targets[0]?.connectionId === 'rt'
      ? new Promise(() => undefined)
      : Promise.reject(new Error()),
  );
  const stuck = Array.from({ length: 12 }, (_, at) => question(`/stuck-${at}`, hung));
  for (const each of stuck) runs.start(each, 0);
  expect(asked).toHaveLength(8);
  const healthy = question('/quick');
  runs.start(healthy, 0);
  expect(asked).toHaveLength(9);
  await expect.poll(() => run(healthy.key)?.running).toBe(false);
  // One ends: the next of those that wait is asked.
  tell(only(asked), { phase: 'complete', endedAt: NOW }, []);
  await expect.poll(() => asked.length).toBe(10);
  // One that waits is taken back without a word to CloudWatch.
  runs.stop(stuck[11]?.key ?? '');
  expect(run(stuck[11]?.key ?? '')).toMatchObject({ running: false, stopped: true });
});

function fail(): never {
  throw new Error('There is no run');
}
