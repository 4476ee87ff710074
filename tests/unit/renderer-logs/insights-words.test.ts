import { describe, expect, it } from 'vitest';
import { withQuery } from '../../../src/renderer/logs/insights/history';
import { mistakesOf } from '../../../src/renderer/logs/insights/mistakes';
import {
  bytesText,
  estimateText,
  languageText,
  pastText,
  runText,
  targetText,
  usdText,
} from '../../../src/renderer/logs/insights/query-words';
import { groupsOf } from '../../../src/renderer/logs/insights/saved';
import type { QueryRun } from '../../../src/renderer/logs/insights/store';
import type { LogGroup } from '../../../src/shared/logs/groups';
import type { InsightsState, InsightsTarget } from '../../../src/shared/logs/insights';
import type { QueryHistoryEntry } from '../../../src/shared/logs/settings';

const entry = (more: Partial<QueryHistoryEntry> = {}): QueryHistoryEntry => ({
  query: 'fields @message',
  language: 'CWLI',
  ranAt: 1,
  start: '-PT1H',
  end: null,
  groups: [],
  ...more,
});

const target = (more: Partial<InsightsTarget> = {}): InsightsTarget => ({
  connectionId: 'c',
  region: 'eu-west-1',
  status: 'complete',
  recordsMatched: 10,
  recordsScanned: 1_000,
  bytesScanned: 3 * 2 ** 20,
  rows: 10,
  failure: null,
  ...more,
});

const denied = target({
  status: 'failed',
  rows: 0,
  recordsMatched: 0,
  recordsScanned: 0,
  bytesScanned: 0,
  failure: {
    kind: 'denied',
    connectionId: 'c',
    operation: 'StartQuery',
    message: 'It was denied.',
    advice: 'Allow it.',
  },
});

function run(targets: InsightsTarget[], more: Partial<InsightsState> = {}): QueryRun {
  return {
    asked: {
      queryId: 'q',
      targets: targets.map(({ connectionId, region }) => ({
        connectionId,
        region,
        groups: ['/g'],
      })),
      startMs: 0,
      endMs: 1,
      query: 'fields @message',
      language: 'CWLI',
      limit: 1_000,
    },
    entry: entry(),
    kept: true,
    failure: null,
    state: {
      queryId: 'q',
      phase: 'complete',
      targets,
      columns: [],
      rows: targets.reduce((sum, { rows }) => sum + rows, 0),
      revision: 1,
      costUsd: 0.000015,
      startedAt: 1_000,
      endedAt: 2_200,
      ...more,
    },
  };
}

describe('a run of the history', () => {
  it.each<[InsightsTarget[], InsightsState['phase'], string]>([
    [[target({ rows: 1 })], 'complete', '1 row, complete'],
    [[target(), denied], 'complete', '10 rows, 1 of 2 accounts and regions failed'],
    [[target(), denied], 'stopped', '10 rows, stopped, 1 of 2 accounts and regions failed'],
    [[denied, denied], 'failed', '0 rows, failed'],
  ])('is not called complete where an account is missing (%#)', (targets, phase, said) => {
    const { state } = run(targets, { phase });
    expect(state === null ? '' : pastText(state)).toBe(said);
  });
});

describe('what is said of a query', () => {
  it('is how much was read, what it cost and how long it took', () => {
    expect(runText(run([target()]), 9_000)).toBe(
      '10 rows · 10 of 1,000 records matched · 3 MB read · under $0.0001 · 1.2 s',
    );
  });

  it('counts on while it runs', () => {
    const running = run([target({ status: 'running', rows: 4 })], {
      phase: 'running',
      endedAt: null,
    });
    expect(runText(running, 4_500)).toMatch(/^Running, 4 rows so far · .* · 3\.5 s$/);
  });

  it('does not take an account that failed for silence', () => {
    expect(runText(run([target({ rows: 0 }), denied]), 0)).toMatch(
      /^No rows: nothing elsewhere fits in this time, 1 of 2 accounts and regions failed/,
    );
    expect(runText(run([denied], { phase: 'failed' }), 0)).toBe('It was denied. Allow it.');
    expect(targetText(denied)).toBe('It was denied. Allow it.');
  });

  it('says that there may be more rows', () => {
    expect(runText(run([target({ rows: 1_000 })]), 0)).toContain('as many as were asked for');
    expect(runText(run([target()], { phase: 'stopped' }), 0)).toContain('not all there are');
  });

  it('says before what it would read, and where that is not known', () => {
    const estimate = { bytes: 2 ** 31, usd: 0.01, basis: 'From their stored bytes.' };
    expect(estimateText(estimate, 'fields @message', 'CWLI')).toBe(
      'Would read about 2 GB · $0.010',
    );
    expect(estimateText(estimate, 'SELECT 1', 'SQL')).toContain('not known before');
    expect(estimateText(estimate, 'source logGroups()', 'CWLI')).toContain('not known before');
    expect(
      estimateText({ bytes: 0, usd: 0, basis: 'No size of these groups is known.' }, 'x', 'CWLI'),
    ).toBe('Size of these groups unknown');
  });

  it('writes sizes and money so that a little never reads as nothing', () => {
    expect([0, 1_023, 1_024, 1_536, 10 * 2 ** 30].map(bytesText)).toEqual([
      '0 B',
      '1023 B',
      '1 KB',
      '1.50 KB',
      '10 GB',
    ]);
    expect([0, 0.00001, 0.0123, 1.239].map(usdText)).toEqual([
      '$0',
      'under $0.0001',
      '$0.012',
      '$1.24',
    ]);
  });

  it('has a word for the languages that are not everywhere', () => {
    expect(languageText('CWLI', 3)).toBeNull();
    expect(languageText('PPL', 2)).toContain('2 chosen groups are not of the Standard class');
    expect(languageText('SQL', 0)).toContain('FROM');
  });
});

describe('the mistake CloudWatch names', () => {
  const mistaken = run(
    [
      { ...denied, mistake: { start: 3, end: 5 } },
      { ...denied, mistake: { start: 3, end: 5 } },
    ],
    { phase: 'failed' },
  );

  it('is marked once, as long as the query is the one that was run', () => {
    expect(mistakesOf(mistaken, 'fields @message')).toEqual([
      { start: 3, end: 5, message: 'It was denied.' },
    ]);
    expect(mistakesOf(mistaken, 'fields @message ')).toEqual([]);
    expect(mistakesOf(null, 'fields @message')).toEqual([]);
  });
});

describe('history', () => {
  it('has the last run first, each question once', () => {
    const kept = [entry({ query: 'a' }), entry({ query: 'b' }), entry({ query: 'c' })];
    expect(withQuery(kept, entry({ query: 'b', ranAt: 9 })).map(({ query }) => query)).toEqual([
      'b',
      'a',
      'c',
    ]);
    expect(withQuery(kept, entry({ query: 'a', language: 'PPL' }))).toHaveLength(4);
  });

  it('keeps fifty, and fewer where they are long', () => {
    const many = Array.from({ length: 60 }, (_, place) => entry({ query: `q${place}` }));
    expect(withQuery(many.slice(0, 50), entry({ query: 'new' }))).toHaveLength(50);
    const long = Array.from({ length: 40 }, (_, place) =>
      entry({ query: `${place} ${'x'.repeat(9_000)}` }),
    );
    expect(withQuery(long, entry()).length).toBe(12);
  });
});

describe('the groups of a saved query', () => {
  const group = (connectionId: string, name: string): LogGroup => ({
    connectionId,
    region: 'eu-west-1',
    name,
    arn: '',
    storedBytes: null,
    retentionDays: null,
    createdAt: null,
    logClass: 'STANDARD',
  });
  const known = [group('one', '/api'), group('two', '/api'), group('two', '/web')];

  it('are looked for in its own account, or anywhere by name', () => {
    expect(
      groupsOf({ connectionId: 'two', region: 'eu-west-1', groups: ['/api'] }, known).refs,
    ).toEqual([{ connectionId: 'two', region: 'eu-west-1', name: '/api' }]);
    expect(
      groupsOf({ connectionId: null, region: null, groups: ['/api', '/web'] }, known).refs,
    ).toHaveLength(3);
  });

  it('that are not there are counted', () => {
    expect(
      groupsOf({ connectionId: 'one', region: null, groups: ['/web', '/api'] }, known),
    ).toMatchObject({ missing: 1, refs: [{ connectionId: 'one', name: '/api' }] });
  });
});
