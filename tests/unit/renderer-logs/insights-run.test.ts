/** The window's side of a query, over a bridge that answers as main does. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hearQueries, runQuery, showRun, stopQuery } from '../../../src/renderer/logs/insights/run';
import { othersText, queriedOf, runProblem } from '../../../src/renderer/logs/insights/queried';
import { isRunning, shownRun, useInsights } from '../../../src/renderer/logs/insights/store';
import { useLogs } from '../../../src/renderer/logs/store';
import { useSettings } from '../../../src/renderer/stores/settings';
import { defaultSettings } from '../../../src/shared/settings/defaults';
import { elasticPlace } from '../../../src/shared/logs/elastic';
import type { InsightsQuery, InsightsState } from '../../../src/shared/logs/insights';

type Answer = { ok: true; value: unknown } | { ok: false; failure: unknown };

/** Main's part: queries it was asked, the rows it holds, and what it pushes. */
class Main {
  readonly asked: { name: string; args: unknown }[] = [];
  rows: (string | null)[][] = [];
  columns = ['@message'];
  revision = 0;
  refuse: Answer | null = null;
  push: (state: InsightsState) => void = () => undefined;

  readonly bridge = {
    request: async (name: string, args: unknown): Promise<Answer> => {
      this.asked.push({ name, args });
      if (name === 'logs.query' && this.refuse !== null) return this.refuse;
      return { ok: true, value: this.answer(name, args) };
    },
    on: (_name: string, listener: (state: InsightsState) => void) => {
      this.push = listener;
      return () => undefined;
    },
  };

  count(name: string): number {
    return this.asked.filter((one) => one.name === name).length;
  }

  state(queryId: string, more: Partial<InsightsState> = {}): InsightsState {
    return {
      queryId,
      phase: 'running',
      targets: [
        {
          connectionId: 'c',
          region: 'eu-west-1',
          status: 'running',
          recordsMatched: 0,
          recordsScanned: 0,
          bytesScanned: 0,
          rows: this.rows.length,
          failure: null,
        },
      ],
      columns: this.columns,
      rows: this.rows.length,
      revision: this.revision,
      costUsd: 0,
      startedAt: 1,
      endedAt: null,
      ...more,
    };
  }

  private answer(name: string, args: unknown): unknown {
    const has = (key: string): unknown =>
      typeof args === 'object' && args !== null ? Reflect.get(args, key) : undefined;
    switch (name) {
      case 'logs.query':
        return begun(this.state(String(has('queryId')), { rows: 0, revision: 0 }), 'waiting');
      case 'logs.queryRows': {
        const from = Number(has('from'));
        const page = this.rows.slice(from, from + Number(has('count')));
        const rows = page.map((values) => ({ target: 0, ptr: null, values }));
        return { revision: this.revision, rowsJson: JSON.stringify(rows) };
      }
      case 'settings.update':
        return { ...settings, logs: has('logs') };
      default:
        return null;
    }
  }
}

const begun = (
  state: InsightsState,
  status: InsightsState['targets'][number]['status'],
): InsightsState => ({
  ...state,
  targets: state.targets.map((target) => ({ ...target, status })),
});

const settings = defaultSettings('operator', []);
let main: Main;

beforeEach(() => {
  main = new Main();
  vi.stubGlobal('window', { nightdesk: main.bridge });
  useInsights.setState(useInsights.getInitialState(), true);
  useSettings.setState({ settings });
  useLogs.setState(useLogs.getInitialState(), true);
  useLogs.getState().choose([
    { connectionId: 'c', region: 'eu-west-1', name: '/api' },
    { connectionId: 'd', region: 'us-east-1', name: '/web' },
  ]);
  hearQueries();
});

const shown = (): string => shownRun(useInsights.getState())?.asked.queryId ?? '';
const texts = (): (string | null | undefined)[] =>
  (useInsights.getState().held?.rows ?? []).map(({ values }) => values[0]);

describe('a query of the window', () => {
  it('asks every account and region chosen, for the time chosen', async () => {
    useInsights.getState().setText('fields @message');
    await runQuery();
    const query = main.asked.find(({ name }) => name === 'logs.query')?.args;
    expect(query).toMatchObject({
      query: 'fields @message',
      language: 'CWLI',
      limit: 1_000,
      targets: [
        { connectionId: 'c', region: 'eu-west-1', groups: ['/api'] },
        { connectionId: 'd', region: 'us-east-1', groups: ['/web'] },
      ],
    } satisfies Partial<InsightsQuery>);
    expect(isRunning(shownRun(useInsights.getState()))).toBe(true);
  });

  it('is not asked while something is missing', async () => {
    useLogs.getState().choose([]);
    await runQuery();
    expect(main.count('logs.query')).toBe(0);
  });

  it('leaves out groups of other servers, with a word', async () => {
    const place = elasticPlace('logs');
    const other = { connectionId: place, region: 'elastic', name: 'app-*' };
    const own = { connectionId: 'c', region: 'eu-west-1', name: '/api' };
    useLogs.getState().choose([other, own]);
    await runQuery();
    expect(main.asked.find(({ name }) => name === 'logs.query')?.args).toMatchObject({
      targets: [{ connectionId: 'c', region: 'eu-west-1', groups: ['/api'] }],
    });
    expect(othersText(queriedOf([other, own]))).toContain('left out');
    expect(othersText(queriedOf([own]))).toBeNull();
    expect(runProblem('x', queriedOf([other]))).toContain('CloudWatch only');
    expect(runProblem('x', queriedOf([own]))).toBeNull();
    expect(runProblem('x', queriedOf([]))).toBe('Choose log groups.');
    expect(runProblem('  ', queriedOf([own]))).toBe('Write a query.');
  });

  it('shows rows as they come, and later ones in their place', async () => {
    await runQuery();
    main.rows = [['first']];
    main.revision = 1;
    main.push(main.state(shown()));
    await vi.waitFor(() => expect(texts()).toEqual(['first']));
    main.rows = [['other'], ['more']];
    main.revision = 2;
    main.push(main.state(shown(), { phase: 'complete' }));
    await vi.waitFor(() => expect(texts()).toEqual(['other', 'more']));
    expect(isRunning(shownRun(useInsights.getState()))).toBe(false);
    expect([...useInsights.getState().fields]).toEqual(['@message']);
  });

  it('has the columns in the order the query names them', async () => {
    useInsights.getState().setText('fields @timestamp, level\n| display level, @timestamp');
    await runQuery();
    main.columns = ['@timestamp', 'other', 'level'];
    main.rows = [['12:00', 'x', 'info']];
    main.revision = 1;
    main.push(main.state(shown(), { phase: 'complete' }));
    await vi.waitFor(() => expect(texts()).toEqual(['info']));
    expect(useInsights.getState().held?.columns).toEqual(['level', '@timestamp', 'other']);
    expect(useInsights.getState().held?.rows[0]?.values).toEqual(['info', '12:00', 'x']);
  });

  it('fetches all of more rows than one answer holds, of one revision', async () => {
    await runQuery();
    main.rows = Array.from({ length: 25_000 }, (_, place) => [String(place)]);
    main.revision = 3;
    main.push(main.state(shown(), { phase: 'complete' }));
    await vi.waitFor(() => expect(texts()).toHaveLength(25_000));
    expect(texts().at(-1)).toBe('24999');
  });

  it('goes into the history once CloudWatch took it', async () => {
    await runQuery();
    main.push(begun(main.state(shown(), { phase: 'failed' }), 'failed'));
    expect(main.count('settings.update')).toBe(0);
    await runQuery();
    main.push(main.state(shown()));
    main.push(main.state(shown()));
    await vi.waitFor(() => expect(useSettings.getState().settings?.logs.history).toHaveLength(1));
    expect(main.count('settings.update')).toBe(1);
    expect(useSettings.getState().settings?.logs.recent).toHaveLength(2);
  });

  it('stops, and a new one stops what still runs', async () => {
    await runQuery();
    stopQuery();
    expect(main.asked.at(-1)).toEqual({ name: 'logs.stop', args: shown() });
    const first = shown();
    await runQuery();
    expect(shown()).not.toBe(first);
    expect(main.count('logs.stop')).toBe(2);
  });

  it('is gone back to with its rows, groups and time, and nothing is read anew', async () => {
    useInsights.getState().setText('fields one');
    await runQuery();
    const first = shown();
    main.rows = [['kept']];
    main.revision = 1;
    main.push(main.state(first, { phase: 'complete' }));
    useLogs.getState().choose([{ connectionId: 'd', region: 'us-east-1', name: '/web' }]);
    useInsights.getState().setText('fields two');
    await runQuery();
    showRun(first);
    await vi.waitFor(() => expect(texts()).toEqual(['kept']));
    expect(useInsights.getState().text).toBe('fields one');
    expect(useLogs.getState().chosen).toHaveLength(2);
    expect(main.count('logs.query')).toBe(2);
  });

  it('says what main refused', async () => {
    const failure = {
      kind: 'invalid',
      connectionId: null,
      operation: 'StartQuery',
      message: 'Too many groups.',
      advice: 'Choose fewer.',
    };
    main.refuse = { ok: false, failure };
    await runQuery();
    const run = shownRun(useInsights.getState());
    expect(run?.failure).toEqual(failure);
    expect(isRunning(run)).toBe(false);
  });
});
