import { describe, expect, it } from 'vitest';
import { alarmLines } from '../../../src/renderer/dashboards/alarm-lines';
import { linesOf } from '../../../src/renderer/dashboards/list-items';
import { fieldMoment, fieldText } from '../../../src/renderer/dashboards/local-time';
import { marksFor } from '../../../src/renderer/dashboards/match-marks';
import { placeWords } from '../../../src/renderer/dashboards/problem-words';
import { shifted } from '../../../src/renderer/dashboards/store';
import { fileNameOf, titleOf } from '../../../src/renderer/dashboards/widget-words';
import type { DashboardEntry, DashboardListing } from '../../../src/shared/dashboards/listing';
import type { AlarmSpan, TimeMark } from '../../../src/shared/metrics/marks';
import { alarmRow } from '../../support/renderer-preview/fixtures';
import { alarm, metricWidget } from './fixtures';

const entry = (name: string, more: Partial<DashboardEntry> = {}): DashboardEntry => ({
  id: name,
  source: 'cloudwatch',
  name,
  connectionId: 'crm',
  region: 'us-east-1',
  path: null,
  modifiedAt: null,
  sizeBytes: null,
  favourite: false,
  ...more,
});
const labels = new Map([
  ['crm', 'CRM'],
  ['web', 'Web'],
]);
const listing: DashboardListing = {
  entries: [
    entry('b10'),
    entry('b9'),
    entry('star', { favourite: true }),
    entry('file', { source: 'file', connectionId: null, path: '/team/file.json' }),
    entry('start', { source: 'starter', connectionId: null }),
  ],
  sources: [
    { connectionId: 'crm', phase: 'ready', failure: null, asOf: 1 },
    { connectionId: 'web', phase: 'failed', failure: null, asOf: null },
  ],
};
const words = (filter: string): string[] =>
  linesOf(listing, filter, labels).map((line) => {
    if (line.kind === 'section') return `# ${line.title} ${line.count}`;
    return line.kind === 'source' ? `! ${line.source.phase}` : line.entry.name;
  });

describe('the list of dashboards', () => {
  it('is favourites, each connection with its trouble, files, starters', () => {
    expect(words('')).toEqual([
      ...['# Favourites 1', 'star', '# CRM 2', 'b9', 'b10', '# Web 0', '! failed'],
      ...['# Files 1', 'file', '# Starters 1', 'start'],
    ]);
  });

  it('narrows, but a failed connection stays in sight', () => {
    expect(words('B1')).toEqual(['# CRM 1', 'b10', '# Web 0', '! failed']);
    expect(words('team')).toEqual(['# Web 0', '! failed', '# Files 1', 'file']);
  });
});

describe('marks over a widget', () => {
  const span: AlarmSpan = {
    alarmKey: alarm.key,
    alarmName: 'high',
    severity: 'critical',
    connectionId: 'crm',
    region: 'us-east-1',
    metrics: [
      {
        namespace: 'AWS/ECS',
        metricName: 'CPUUtilization',
        dimensions: [
          { name: 'ServiceName', value: 'b' },
          { name: 'ClusterName', value: 'a' },
        ],
      },
    ],
    from: 1,
    to: 2,
  };
  const mark = (more: Partial<TimeMark>): TimeMark => ({
    at: 1,
    kind: 'deployment',
    text: 'v41',
    connectionId: 'crm',
    region: 'us-east-1',
    alarmKey: null,
    ...more,
  });

  it('are those of its own metrics, whatever the order of dimensions', () => {
    const known = { spans: [span], marks: [] };
    expect(marksFor(metricWidget(), known, 'crm', 'us-east-1').spans).toHaveLength(1);
    expect(marksFor(metricWidget(), known, 'web', 'us-east-1').spans).toHaveLength(0);
    const other = metricWidget({ series: [] });
    expect(marksFor(other, known, 'crm', 'us-east-1').spans).toHaveLength(0);
    const named = metricWidget({ series: [], alarmArns: [alarm.arn] });
    expect(marksFor(named, known, 'web', 'us-east-1').spans).toHaveLength(1);
  });

  it('are deployments of its place and acknowledgements of its alarms', () => {
    const marks = [
      mark({}),
      mark({ region: 'us-west-1' }),
      mark({ kind: 'acknowledged', text: 'taken', alarmKey: alarm.key }),
      mark({ kind: 'acknowledged', text: 'other', alarmKey: 'x|y' }),
    ];
    const found = marksFor(metricWidget(), { spans: [span], marks }, 'crm', 'us-east-1').marks;
    expect(found.map(({ label }) => label)).toEqual(['v41', 'taken']);
  });
});

describe('an alarm widget', () => {
  it('lists firing first and names what nobody sees', () => {
    const ok = alarmRow('a-ok');
    const firing = alarmRow('z-firing', { state: 'ALARM' });
    const rows = new Map([ok, firing].map((row) => [row.key, row]));
    const arnOf = (key: string): string => key.slice(key.indexOf('|') + 1);
    const alarmArns = [arnOf(ok.key), arnOf(firing.key), 'arn:gone'];
    const all = alarmLines({ alarmArns, sortBy: 'default', states: [] }, rows);
    expect(all.found.map(({ name }) => name)).toEqual(['z-firing', 'a-ok']);
    expect(all.missing).toEqual(['arn:gone']);
    const some = alarmLines({ alarmArns, sortBy: 'default', states: ['OK'] }, rows);
    expect(some.found.map(({ name }) => name)).toEqual(['a-ok']);
  });
});

describe('words and times', () => {
  it('shift by half the range, never beyond now', () => {
    const now = Date.UTC(2026, 0, 2, 12);
    const range = { start: '-PT2H', end: null };
    expect(shifted(range, 1, now)).toBeNull();
    expect(shifted(range, -1, now)).toEqual({
      start: '2026-01-02T09:00:00.000Z',
      end: '2026-01-02T11:00:00.000Z',
    });
  });

  it('read and write a date field in the zone on show', () => {
    const at = Date.UTC(2026, 0, 31, 2, 14);
    expect(fieldText(at, 'utc')).toBe('2026-01-31T02:14');
    expect(fieldMoment('2026-01-31T02:14', 'utc')).toBe(at);
    expect(fieldMoment(fieldText(at, 'local'), 'local')).toBe(at);
    expect(fieldMoment('yesterday', 'utc')).toBeNull();
  });

  it('name widgets and files', () => {
    expect(titleOf(metricWidget({ title: ' ' }))).toBe(metricWidget().series[0]?.label);
    expect(fileNameOf('../CPU: a/b', 'csv')).toBe('CPU-a-b.csv');
    expect(fileNameOf('…', 'json')).toBe('widget.json');
    expect(placeWords({ line: 3, column: null, field: 'widgets[0]' }, 'a.yaml')).toBe(
      'a.yaml, line 3, widgets[0]',
    );
  });
});
