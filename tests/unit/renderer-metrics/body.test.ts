import { describe, expect, it } from 'vitest';
import {
  addedTo,
  dashboardName,
  nameProblem,
  scratchBody,
} from '../../../src/renderer/metrics/body';
import { bodyDiff } from '../../../src/renderer/metrics/line-diff';
import { addExpression, addMetric, emptyScratch } from '../../../src/renderer/metrics/scratch';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';

const metric = {
  namespace: 'CRM/Business',
  metricName: 'DailyNewLeads',
  dimensions: [{ name: 'Source', value: 'web' }],
};
const here = { region: 'us-east-1', accountId: '111122223333' };
const chart = {
  ...addExpression(addMetric(emptyScratch(), metric, here), 'm1 * 2', here),
  title: 'Leads',
};
const range = { start: '-PT3H', end: null };

describe('the chart as a dashboard', () => {
  it('reads back as it was', () => {
    const read = readDashboardFile(scratchBody(chart, here, range), 'leads.json', {});
    if (read.kind === 'failed') throw new Error(read.problem.message);
    const [dashboard] = read.dashboards;
    expect(dashboard?.range).toEqual(range);
    const [widget] = dashboard?.widgets ?? [];
    if (widget?.kind !== 'metric') throw new Error('not a metric widget');
    expect(widget).toMatchObject({ title: 'Leads', region: 'us-east-1', accountId: null });
    expect(widget.series.map(({ id, metric: own, expression }) => [id, own, expression])).toEqual([
      ['m1', metric, null],
      ['e1', null, 'm1 * 2'],
    ]);
  });

  it('says whose metrics they are in the dashboard of another account', () => {
    const elsewhere = { region: 'eu-west-1', accountId: '444455556666' };
    const body: unknown = JSON.parse(scratchBody(chart, elsewhere, range));
    expect(body).toMatchObject({ widgets: [{ properties: { region: 'us-east-1' } }] });
    expect(JSON.stringify(body)).toContain(here.accountId);
  });

  it('goes below what is there and leaves that alone', () => {
    const there = {
      variables: [{ id: 'x' }],
      widgets: [
        { type: 'text', y: 3, height: 4, properties: { markdown: 'hi' } },
        { type: 'text', properties: {} },
      ],
    };
    const added: unknown = JSON.parse(addedTo(JSON.stringify(there), chart, here) ?? 'null');
    expect(added).toMatchObject({
      ...there,
      widgets: [...there.widgets, { type: 'metric', x: 0, y: 7, properties: { title: 'Leads' } }],
    });
  });

  it.each(['', '{', '[]', '{"widgets":3}', 'null'])('cannot be added to %j', (text) => {
    expect(addedTo(text, chart, here)).toBeNull();
  });

  it('makes names that CloudWatch takes', () => {
    for (const title of ['', 'CPU & memory (prod)', '---', 'é', 'x'.repeat(400)]) {
      expect([title, nameProblem(dashboardName(title))]).toEqual([title, null]);
    }
    expect(nameProblem('a b')).not.toBeNull();
  });
});

describe('what replacing changes', () => {
  it('counts lines and folds those far from a change', () => {
    const before = { widgets: Array.from({ length: 20 }, (_, at) => ({ at })) };
    const after = { widgets: before.widgets.map(({ at }) => ({ at: at === 10 ? 99 : at })) };
    const diff = bodyDiff(JSON.stringify(before), JSON.stringify(after));
    expect([diff.added, diff.removed]).toEqual([1, 1]);
    expect(diff.lines.filter(({ kind }) => kind === 'skipped')).toHaveLength(2);
    expect(
      diff.lines.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim()),
    ).toEqual(['"at": 99']);
    const shown = diff.lines.length - 2;
    const folded = diff.lines
      .filter(({ kind }) => kind === 'skipped')
      .reduce((sum, { text }) => sum + Number.parseInt(text, 10), 0);
    const all = JSON.stringify(after, null, 2).split('\n').length;
    expect(shown - diff.removed + folded).toBe(all);
  });

  it('sees no change in another way of writing the same', () => {
    expect(bodyDiff('{"a":1}', '{\n"a": 1 }')).toMatchObject({ added: 0, removed: 0 });
  });

  it('shows all of a new one as added', () => {
    const diff = bodyDiff(null, '{"a":1}');
    expect(diff).toMatchObject({ added: 3, removed: 0 });
    expect(diff.lines.map(({ after }) => after)).toEqual([1, 2, 3]);
  });
});
