import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Widget } from '../../../src/shared/dashboards/dashboard';
import { planWidgetFully } from '../../../src/shared/dashboards/plan';
import type { PlanContext } from '../../../src/shared/dashboards/plan';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';
import type { ReadResult } from '../../../src/shared/dashboards/read-result';
import { writeBody } from '../../../src/shared/dashboards/write-body';
import { queryGroupSchema } from '../../../src/shared/metrics/query';

const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus');
const present = existsSync(corpus);
if (!present) console.warn('The corpus of real dashboards is not here: its test is skipped.');

const names = present
  ? ['dashboards', 'cfn', 'grafana'].flatMap((folder) =>
      readdirSync(path.join(corpus, folder)).map((name) => `${folder}/${name}`),
    )
  : [];

const now = Date.UTC(2026, 0, 31, 12);
const context: PlanContext = {
  connectionId: 'main',
  region: 'us-east-1',
  connections: [{ id: 'main', accountId: '111111111111', regions: ['us-east-1'] }],
  startMs: now - 3 * 3_600_000,
  endMs: now,
  nowMs: now,
  periodOverride: 'auto',
  labelOffset: '+0000',
  maxPoints: 1_000,
};

interface Case {
  name: string;
  text: string;
  result: ReadResult;
  widgets: Widget[];
}

function load(name: string): Case {
  const text = readFileSync(path.join(corpus, name), 'utf8');
  const result = readDashboardFile(text, name, {});
  const dashboards = result.kind === 'read' ? result.dashboards : [];
  return { name, text, result, widgets: dashboards.flatMap((each) => each.widgets) };
}

function row({ name, result, widgets }: Case) {
  const explained = widgets.filter(({ kind }) => kind === 'explained').length;
  return {
    file: name.length > 60 ? `${name.slice(0, 59)}…` : name,
    drawn: widgets.length - explained,
    explained,
    failed: result.kind === 'failed' ? 1 : 0,
    alarms: result.kind === 'read' ? result.alarms.length : 0,
    inputs: result.kind === 'read' ? result.inputs.length : 0,
  };
}

/** Widgets of a body, and panels of a Grafana dashboard with those inside rows. */
function countIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const lists = ['widgets', 'panels', 'rows'].flatMap((key): unknown[] => {
    const list: unknown = Reflect.get(value, key);
    return Array.isArray(list) ? list : [];
  });
  return lists.reduce<number>((sum, item) => {
    const isRow =
      typeof item === 'object' &&
      item !== null &&
      (Reflect.get(item, 'type') === 'row' || !Reflect.has(item, 'type'));
    return sum + (isRow ? 0 : 1) + countIn(item);
  }, 0);
}

describe.skipIf(!present)('every file of the corpus', () => {
  let cases: Case[] = [];
  beforeAll(() => {
    cases = names.map(load);
  });

  it('loads: each widget is drawn or explained', () => {
    const rows = cases.map(row);
    const sum = (key: 'drawn' | 'explained' | 'failed' | 'alarms' | 'inputs') =>
      rows.reduce((total, each) => total + each[key], 0);
    console.table([
      ...rows,
      {
        file: `TOTAL of ${rows.length}`,
        drawn: sum('drawn'),
        explained: sum('explained'),
        failed: sum('failed'),
        alarms: sum('alarms'),
        inputs: sum('inputs'),
      },
    ]);
    expect(rows.length).toBeGreaterThanOrEqual(90);
    expect(sum('failed')).toBe(0);
  });

  it('loses no widget of the source', () => {
    const bodies = cases.filter(({ name }) => name.startsWith('dashboards/'));
    expect(bodies.map(({ name, widgets }) => [name, widgets.length])).toEqual(
      bodies.map(({ name, text }) => [name, countIn(JSON.parse(text))]),
    );
    const short = cases
      .filter(({ name }) => name.startsWith('grafana/') && name.endsWith('.json'))
      .filter(({ text, widgets }) => widgets.length < countIn(JSON.parse(text)))
      .map(({ name }) => name);
    expect(short).toEqual([]);
  });

  it('explains in one sentence', () => {
    const sentences = cases.flatMap(({ widgets }) =>
      widgets.flatMap((widget) => (widget.kind === 'explained' ? [widget.sentence] : [])),
    );
    expect(sentences.filter((sentence) => !/^\S.{10,}\.$/s.test(sentence))).toEqual([]);
  });

  it('is planned into queries that the bridge takes', () => {
    let queries = 0;
    const refused: string[] = [];
    for (const { name, widgets } of cases) {
      for (const widget of widgets) {
        if (widget.kind !== 'metric') continue;
        const { groups, unplanned } = planWidgetFully(widget, context);
        for (const { group } of groups) {
          expect(queryGroupSchema.safeParse(group).error?.issues).toBeUndefined();
          queries += group.queries.length;
        }
        for (const { sentence } of unplanned) {
          if (!sentence.startsWith('Waits for'))
            refused.push(`${name}: ${widget.title}: ${sentence}`);
        }
      }
    }
    console.log(`${queries} queries planned; refused:\n${refused.join('\n')}`);
    expect(queries).toBeGreaterThan(500);
    // Math over two regions is the one thing that these files ask and CloudWatch does not do.
    const others = refused.filter((each) => !each.includes('several regions'));
    expect(others.filter((each) => each.startsWith('dashboards/'))).toEqual([]);
  });

  it('is the same after writing and reading again', () => {
    for (const { name, result } of cases) {
      if (!name.startsWith('dashboards/') || result.kind === 'failed') continue;
      const [dashboard] = result.dashboards;
      if (dashboard === undefined) throw new Error(`${name} has no dashboard`);
      const again = readDashboardFile(writeBody(dashboard), `${dashboard.name}.json`, {});
      expect(again.kind).toBe('read');
      const back = again.kind === 'read' ? again.dashboards[0] : undefined;
      // Mistakes are told once, when the original is read.
      const plain = (widgets: readonly Widget[] = []) =>
        widgets.map((widget) => ({ ...widget, problems: [], source: '' }));
      expect(plain(back?.widgets), name).toEqual(plain(dashboard.widgets));
      expect(back?.range).toEqual(dashboard.range);
    }
  });
});
