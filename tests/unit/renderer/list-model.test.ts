import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../../../src/shared/alarms/alarm';
import { emptyIndex, patchIndex } from '../../../src/renderer/alarms/alarm-index';
import { defaultFilter, filterFromView, viewFromFilter } from '../../../src/renderer/alarms/filter';
import type { AlarmFilter } from '../../../src/renderer/alarms/filter';
import { buildList, countAlarms } from '../../../src/renderer/alarms/list-model';
import { savedViewSchema } from '../../../src/shared/settings/settings';
import { alarmRow, manyRows, nightRows } from '../../support/renderer-preview/fixtures';

const NOW = 1_760_000_000_000;
const label = (id: string): string => (id === 'crm' ? 'CRM production' : id);
const indexOf = (rows: AlarmRow[]) => patchIndex(emptyIndex, rows, []);
const listOf = (rows: AlarmRow[], filter: Partial<AlarmFilter> = {}) =>
  buildList(indexOf(rows), { ...defaultFilter, ...filter }, label);
const groups = (rows: AlarmRow[], filter: Partial<AlarmFilter> = {}) =>
  listOf(rows, filter).items.flatMap((item) =>
    item.type === 'group' ? [`${item.id} ${item.count}`] : [],
  );
const names = (rows: AlarmRow[], filter: Partial<AlarmFilter> = {}) =>
  listOf(rows, filter).items.flatMap((item) => (item.type === 'row' ? [item.row.name] : []));

describe('the alarm list', () => {
  it('groups what fires by severity, then recovered and cannot fire, and leaves OK to "All"', () => {
    const rows = nightRows(NOW);
    expect(groups(rows)).toEqual([
      'critical 1',
      'security 1',
      'warning 2',
      'recovered 2',
      'cannot-fire 1',
    ]);
    expect(groups(rows, { scope: 'all' }).at(-1)).toBe('ok 207');
  });

  it('puts what nobody has before what somebody has, newest first', () => {
    const fires = (name: string, since: number, more: Partial<AlarmRow> = {}): AlarmRow =>
      alarmRow(name, { state: 'ALARM', severity: 'critical', stateSince: since, ...more });
    const rows = [
      fires('old', 1),
      fires('taken', 9, { incidentState: 'acknowledged' }),
      fires('new', 5),
    ];
    expect(names(rows)).toEqual(['new', 'old', 'taken']);
  });

  it('never shows stale data as OK, as recovered or as without data', () => {
    const rows = [
      alarmRow('was-ok', { stale: true }),
      alarmRow('was-recovered', { stale: true, recoveredAt: NOW }),
      alarmRow('was-silent', { stale: true, state: 'INSUFFICIENT_DATA' }),
      alarmRow('fires', { stale: true, state: 'ALARM', severity: 'warning' }),
    ];
    expect(groups(rows, { scope: 'all' })).toEqual(['warning 1', 'unsure 3']);
  });

  it('counts whatever the filter', () => {
    expect(countAlarms(nightRows(NOW))).toEqual({ firing: 4, unacknowledged: 2, all: 214 });
  });

  it('finds by every word over name, summary, connection label and region', () => {
    const rows = nightRows(NOW);
    expect(names(rows, { text: 'PRODUCTION auth us-east' })).toEqual(['CRM-High-Auth-Failures']);
    expect(names(rows, { text: 'auth us-west' })).toEqual([]);
  });

  it('narrows by severity, state, connection, region and unacknowledged together', () => {
    const rows = nightRows(NOW);
    expect(names(rows, { severities: ['critical'] })).toEqual(['RealTechee-Critical-Error-Rate']);
    expect(names(rows, { scope: 'all', states: ['INSUFFICIENT_DATA'] })).toEqual([
      'CRM-Low-Lead-Conversion',
    ]);
    expect(names(rows, { scope: 'unacknowledged', connectionIds: ['crm'] })).toEqual([
      'CRM-Whole-System',
    ]);
    expect(names(rows, { regions: ['eu-central-1'] })).toEqual([]);
  });

  it('sorts all of it by time or by name when asked', () => {
    const rows = nightRows(NOW);
    const byName = names(rows, { scope: 'all', sort: 'name' });
    expect(byName).toEqual(
      rows.map((row) => row.name).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    );
    expect(names(rows, { sort: 'since' })[0]).toBe('RealTechee-Critical-Error-Rate');
    expect(groups(rows, { sort: 'since' })).toEqual(['listed 7']);
  });

  it('knows where each row is drawn', () => {
    const model = listOf(nightRows(NOW), { scope: 'all' });
    for (const key of model.rowKeys) {
      const item = model.items[model.itemAt.get(key) ?? -1];
      expect(item?.type === 'row' ? item.row.key : null).toBe(key);
    }
  });

  it('brings a filter through a saved view unchanged, and the view fits the schema', () => {
    for (const scope of ['firing', 'unacknowledged', 'all'] as const) {
      const filter: AlarmFilter = { ...defaultFilter, scope, text: 'crm', severities: ['warning'] };
      const view = savedViewSchema.parse(viewFromFilter(filter, 'v1', 'Mine'));
      expect(filterFromView(view)).toEqual(filter);
    }
  });
});

describe('the index', () => {
  it('after any patches equals one built from scratch', () => {
    let index = indexOf(manyRows(300, 30, NOW));
    const truth = new Map(index.rows);
    // A small generator with a fixed seed, so that a failure can be repeated.
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 60; round += 1) {
      const upserts = Array.from({ length: random(9) }, () =>
        alarmRow(`alarm-${random(400)}`, { stateSince: random(1_000) }),
      );
      const removed = [...truth.keys()].filter(() => random(50) === 0);
      index = patchIndex(index, upserts, removed);
      for (const row of upserts) truth.set(row.key, row);
      for (const key of removed) truth.delete(key);
      expect(index.byName).toEqual(indexOf([...truth.values()]).byName);
      expect(index.rows.size).toBe(truth.size);
    }
  });

  it('does nothing for an empty patch', () => {
    const index = indexOf(nightRows(NOW));
    expect(patchIndex(index, [], [])).toBe(index);
  });
});

describe('ten thousand alarms', () => {
  const median = (times: number[]): number =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  const time = (run: () => void): number => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };

  it('take a patch of 500 and are listed again well within a frame or two', () => {
    const rows = manyRows(10_000, 500, NOW);
    let index = indexOf(rows);
    const all: AlarmFilter = { ...defaultFilter, scope: 'all' };
    const patches: number[] = [];
    const lists: number[] = [];
    const searches: number[] = [];
    for (let round = 0; round < 15; round += 1) {
      const upserts = rows
        .slice(round * 500, round * 500 + 500)
        .map((row) => ({ ...row, stateSince: NOW + round }));
      patches.push(time(() => (index = patchIndex(index, upserts, []))));
      lists.push(time(() => buildList(index, all, label)));
      searches.push(time(() => buildList(index, { ...all, text: `0${round} latency` }, label)));
    }
    const figures = { patch: median(patches), list: median(lists), search: median(searches) };
    console.info('10,000 alarms, medians in ms', figures);
    // Generous for a busy machine; what a quadratic mistake costs is a hundred times this.
    expect(figures.patch).toBeLessThan(60);
    expect(figures.list).toBeLessThan(60);
    expect(figures.search).toBeLessThan(60);
  });
});
