import { describe, expect, it } from 'vitest';
import { rowFits, runbooksFor } from '../../../src/shared/runbooks/match';
import { entryOf } from './fixtures';

const alarm = {
  name: 'Shop-Errors',
  tags: { team: 'shop' },
  metric: {
    queries: [
      {
        id: 'm1',
        label: '',
        expression: null,
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensions: [],
        stat: 'Sum',
        returnData: true,
        periodSeconds: 60,
        unit: null,
        accountId: null,
      },
    ],
    periodSeconds: 60,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: 1,
    thresholdMetricId: null,
    comparison: 'GreaterThanThreshold',
    treatMissingData: 'missing' as const,
  },
};

const namesFor = (entries: Parameters<typeof runbooksFor>[2], severity = 'critical'): string[] =>
  runbooksFor(alarm, severity, entries).map(({ name }) => name);

describe('the runbooks of an alarm', () => {
  it('are those whose match fits whole, the closest first', () => {
    const entries = [
      entryOf('By namespace', {}, { alarms: [{ namespace: 'AWS/Lam*' }] }),
      entryOf('By pattern', {}, { alarms: [{ name: 'Shop-*' }] }),
      entryOf('By name', {}, { alarms: [{ name: 'Shop-Errors' }] }),
      entryOf('By tag', {}, { alarms: [{ tag: { team: 'shop' } }] }),
      entryOf('Other tag', {}, { alarms: [{ name: 'Shop-*', tag: { team: 'crm' } }] }),
      entryOf('Other severity', {}, { alarms: [{ severity: ['info'] }] }),
      entryOf('Of none'),
    ];
    expect(namesFor(entries)).toEqual(['By name', 'By pattern', 'By namespace', 'By tag']);
  });

  it("put a team's own before the starter set, and rank by the best of several matches", () => {
    const alarms = [{ name: 'Shop-*' }];
    const entries = [
      entryOf('A starter', {}, { alarms }),
      entryOf('Z own', { source: 'own' }, { alarms }),
      entryOf('Exact too', {}, { alarms: [{ name: '*' }, { name: 'Shop-Errors' }] }),
    ];
    expect(namesFor(entries)).toEqual(['Exact too', 'Z own', 'A starter']);
  });

  it('leave out files with mistakes', () => {
    expect(namesFor([entryOf('Broken', { runbook: null })])).toEqual([]);
  });
});

describe('what a row tells of a match', () => {
  const row = { name: 'Shop-Errors', severity: 'critical' as const };
  it('is yes or no by name and severity', () => {
    expect(rowFits([{ name: 'Shop-*', severity: ['critical'] }], row)).toBe('yes');
    expect(rowFits([{ name: 'Shop-*', severity: ['info'] }], row)).toBe('no');
    expect(rowFits(undefined, row)).toBe('no');
  });
  it('is unknown where the row does not hold what is asked for, and never where the name already differs', () => {
    expect(rowFits([{ namespace: 'AWS/*' }], row)).toBe('unknown');
    expect(rowFits([{ name: 'CRM-*', tag: { a: 'b' } }], row)).toBe('no');
    expect(rowFits([{ metric: 'Errors' }, { name: 'Shop-Errors' }], row)).toBe('yes');
  });
});
