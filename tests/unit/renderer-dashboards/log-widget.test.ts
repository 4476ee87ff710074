import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogWidget } from '../../../src/shared/dashboards/dashboard';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';
import type { Failure } from '../../../src/shared/failure';
import type { LogGroup } from '../../../src/shared/logs/groups';
import {
  betweenMs,
  capText,
  costText,
  decide,
} from '../../../src/renderer/dashboards/log-widget-cost';
import type { CostQuestion, LastRun } from '../../../src/renderer/dashboards/log-widget-cost';
import { planLogWidget } from '../../../src/renderer/dashboards/log-widget-plan';
import type { LogPlanContext } from '../../../src/renderer/dashboards/log-widget-plan';
import { shownAs } from '../../../src/renderer/dashboards/LogWidgetPicture';

import type { Picture } from '../../../src/renderer/logs/insights/chart-of';

const NOW = Date.UTC(2026, 0, 31, 12);
const HERE = { connectionId: 'crm', region: 'us-east-1' };

const widget = (change: Partial<LogWidget> = {}): LogWidget => ({
  id: 'w',
  x: 0,
  y: 0,
  width: 6,
  height: 6,
  title: '',
  problems: [],
  kind: 'log',
  query: 'fields @message',
  language: 'CWLI',
  logGroups: ['/a'],
  region: null,
  accountId: null,
  view: 'table',
  ...change,
});
const group = (name: string): LogGroup => ({
  ...HERE,
  name,
  arn: '',
  storedBytes: 1,
  retentionDays: null,
  createdAt: null,
  logClass: 'STANDARD',
});
const context = (change: Partial<LogPlanContext> = {}): LogPlanContext => ({
  place: HERE,
  connections: [
    { id: 'crm', accountId: '111111111111', regions: ['us-east-1'] },
    { id: 'rt', accountId: '222222222222', regions: ['us-west-1'] },
  ],
  groups: [],
  sources: [],
  ...change,
});

describe('where a log widget is asked', () => {
  it('is the page’s place, its own region, and the connection of its account', () => {
    expect(planLogWidget(widget(), context())).toEqual({
      kind: 'planned',
      targets: [{ ...HERE, groups: ['/a'] }],
      notes: [],
      missing: [],
    });
    const own = widget({ region: 'us-west-1', accountId: '222222222222' });
    expect(planLogWidget(own, context())).toMatchObject({
      targets: [{ connectionId: 'rt', region: 'us-west-1', groups: ['/a'] }],
    });
    expect(planLogWidget(widget({ accountId: '999999999999' }), context())).toEqual({
      kind: 'refused',
      sentence: 'No connection is of account 999999999999, whose logs it reads.',
    });
  });

  it('is where its ARNs say, each account and region of its own', () => {
    const logGroups = ['/a', 'arn:aws:logs:us-west-1:222222222222:log-group:/b:*'];
    expect(planLogWidget(widget({ logGroups }), context())).toMatchObject({
      targets: [
        { connectionId: 'crm', groups: ['/a'] },
        { connectionId: 'rt', region: 'us-west-1', groups: ['/b'] },
      ],
    });
  });

  it('finds groups by the beginning of their names once they are known, and says where they cannot be', () => {
    const prefixed = widget({ logGroups: ['prefix:/app/'] });
    const source = { ...HERE, phase: 'ready', failure: null, asOf: 0, count: 2 } as const;
    const failure: Failure = {
      kind: 'denied',
      connectionId: 'crm',
      operation: 'DescribeLogGroups',
      message: 'Denied.',
      advice: 'Allow it.',
    };
    expect(planLogWidget(prefixed, context())).toEqual({ kind: 'waiting' });
    const groups = [group('/app/1'), group('/other'), group('/app/2')];
    expect(planLogWidget(prefixed, context({ groups, sources: [source] }))).toMatchObject({
      targets: [{ groups: ['/app/1', '/app/2'] }],
    });
    expect(planLogWidget(widget(), context({ groups, sources: [source] }))).toMatchObject({
      missing: ['/a'],
    });
    expect(planLogWidget(prefixed, context({ sources: [source] }))).toMatchObject({
      kind: 'refused',
    });
    const failed = { ...source, phase: 'failed', failure } as const;
    expect(planLogWidget(prefixed, context({ sources: [failed] }))).toEqual({
      kind: 'refused',
      sentence: 'Which log groups begin so is not known: Denied. Allow it.',
    });
    const many = Array.from({ length: 70 }, (_, at) => group(`/app/${at}`));
    expect(planLogWidget(prefixed, context({ groups: many, sources: [source] }))).toMatchObject({
      targets: [{ groups: { length: 50 } }],
      notes: [expect.stringContaining('first 50 of 70 groups')],
    });
  });

  it('reads the groups of SQL, and waits for values', () => {
    const query = 'SELECT a.x FROM `/a` AS a JOIN `/b` AS b';
    expect(
      planLogWidget(widget({ language: 'SQL', query, logGroups: [] }), context()),
    ).toMatchObject({ targets: [{ groups: ['/a', '/b'] }] });
    expect(planLogWidget(widget({ query: 'filter env = "${env}"' }), context())).toEqual({
      kind: 'refused',
      sentence: 'Waits for a value of env.',
    });
    expect(planLogWidget(widget({ logGroups: [] }), context())).toMatchObject({ kind: 'refused' });
    expect(planLogWidget(widget(), context({ place: null }))).toMatchObject({ kind: 'refused' });
  });

  it('is known of every log widget of the dashboard that ships with all kinds', () => {
    const file = path.resolve(
      import.meta.dirname,
      '../../../resources/dashboards/Every-Widget-Kind.json',
    );
    const read = readDashboardFile(readFileSync(file, 'utf8'), 'Every-Widget-Kind.json', {});
    const widgets = read.kind === 'read' ? read.dashboards.flatMap((each) => each.widgets) : [];
    const logs = widgets.filter((each) => each.kind === 'log');
    expect(logs.length).toBeGreaterThan(0);
    for (const each of logs) {
      expect(planLogWidget(each, context())).toMatchObject({
        kind: 'planned',
        targets: [{ ...HERE, groups: ['/ecs/crm/crm-core'] }],
      });
    }
  });
});

describe('when it asks', () => {
  const last = (change: Partial<LastRun> = {}): LastRun => ({
    startedAtMs: NOW - 61_000,
    endedAtMs: NOW - 60_000,
    bytes: 1,
    usd: 0.00006,
    failed: false,
    invalid: false,
    ...change,
  });
  const of = (change: Partial<CostQuestion>) =>
    decide({
      estimateUsd: 0.001,
      last: null,
      range: { start: '-PT3H', end: null },
      pressed: false,
      stopped: false,
      nowMs: NOW,
      ...change,
    });

  it('runs at once where it is cheap, waits for the estimate, and leaves dear ones to a person', () => {
    expect(of({})).toBe('run');
    expect(of({ estimateUsd: null })).toBe('wait');
    expect(of({ estimateUsd: 0.02 })).toBe('ask');
    expect(of({ estimateUsd: 'unknown' })).toBe('ask');
  });

  it('runs again no more often than its cost allows; what the last run cost counts', () => {
    expect(of({ last: last() })).toBe('run');
    expect(of({ last: last({ endedAtMs: NOW - 59_000 }) })).toBe('rest');
    // Half a cent: ten times an hour.
    expect(of({ last: last({ usd: 0.005, endedAtMs: NOW - 5 * 60_000 }) })).toBe('rest');
    expect(of({ last: last({ usd: 0.005, endedAtMs: NOW - 6 * 60_000 }) })).toBe('run');
    expect(of({ last: last({ usd: 0.05, endedAtMs: 0 }), pressed: true })).toBe('rest');
    expect((3_600_000 / betweenMs(0.005)) * 0.005).toBeLessThanOrEqual(0.050001);
  });

  it('runs when a person refreshes, not while what a person stopped stays stopped', () => {
    expect(of({ last: last({ endedAtMs: NOW - 1_000 }), pressed: true })).toBe('run');
    expect(of({ last: last({ failed: true, endedAtMs: 0 }), stopped: true })).toBe('rest');
    expect(of({ last: last({ invalid: true, failed: true, endedAtMs: 0 }) })).toBe('rest');
    expect(of({ last: last({ failed: true, endedAtMs: NOW - 72_000 }) })).toBe('run');
  });

  it('reads a time that is over only once', () => {
    const range = { start: '2026-01-31T08:00:00Z', end: '2026-01-31T09:00:00Z' };
    expect(
      of({ range, last: last({ endedAtMs: NOW - 3_600_000, startedAtMs: NOW - 3_600_000 }) }),
    ).toBe('rest');
    // Read while its last records may still have been on their way.
    const early = Date.UTC(2026, 0, 31, 9, 5);
    expect(of({ range, last: last({ startedAtMs: early, endedAtMs: early }) })).toBe('run');
  });

  it('tells a small cost from nothing', () => {
    expect([0, 0.00006, 0.0000123, 0.25, 12].map(costText)).toEqual([
      '$0',
      '$0.00006',
      '$0.000012',
      '$0.25',
      '$12.00',
    ]);
    expect(capText(0.005)).toContain('at most every 6 min');
    expect(capText('unknown')).toContain('press Run');
  });
});

it('draws by its view where the rows lend themselves to it, and says where not', () => {
  const timed: Picture = { kind: 'time', startMs: 0, endMs: 1, series: [], axes: null, note: null };
  const barred: Picture = { kind: 'bars', series: [], label: 'n', note: null };
  expect(shownAs('timeSeries', timed)).toEqual({ as: 'line', why: null });
  expect(shownAs('stacked', timed).as).toBe('stacked');
  expect(shownAs('bar', timed).as).toBe('time-bars');
  expect(shownAs('bar', barred).as).toBe('bars');
  expect(shownAs('pie', barred).as).toBe('pie');
  expect(shownAs('table', timed)).toEqual({ as: 'table', why: null });
  expect(shownAs('timeSeries', barred).why).toContain('bin()');
  expect(shownAs('pie', timed).why).toContain('bin()');
  expect(shownAs('pie', { kind: 'none', why: 'Why.' })).toEqual({ as: 'table', why: 'Why.' });
});
