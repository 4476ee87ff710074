import { beforeEach, describe, expect, it } from 'vitest';
import {
  addExpression,
  addMetric,
  copySeries,
  emptyScratch,
  chartedKeys,
  idProblem,
  removeMetric,
  renameSeries,
} from '../../../src/renderer/metrics/scratch';
import { metricKey } from '../../../src/shared/metrics/metric-key';
import { openInMetrics, useMetrics } from '../../../src/renderer/metrics/store';
import { useNavigation } from '../../../src/renderer/stores/navigation';

const requests = {
  namespace: 'AWS/ApplicationELB',
  metricName: 'RequestCount',
  dimensions: [
    { name: 'LoadBalancer', value: 'app/crm' },
    { name: 'AvailabilityZone', value: 'a' },
  ],
};
const here = { region: 'us-east-1', accountId: '111122223333' };
const latency = { ...requests, metricName: 'TargetResponseTime' };

describe('changes to the scratch chart', () => {
  it('gives lines ids that are free and the statistic they are usually looked at with', () => {
    const widget = addExpression(
      addMetric(addMetric(emptyScratch(), requests, here), latency, here),
      'm1 / m2',
      here,
    );
    expect(widget.series.map(({ id, stat }) => [id, stat])).toEqual([
      ['m1', 'Sum'],
      ['m2', 'Average'],
      ['e1', 'Average'],
    ]);
    const without = removeMetric(widget, requests, here);
    expect(addMetric(without, requests, here).series.map(({ id }) => id)).toEqual([
      'm2',
      'e1',
      'm1',
    ]);
  });

  it('knows a metric whatever the order of its dimensions', () => {
    const widget = addMetric(emptyScratch(), requests, here);
    const turned = { ...requests, dimensions: requests.dimensions.toReversed() };
    expect(chartedKeys(widget, here)).toEqual(new Set([metricKey(turned)]));
    expect(removeMetric(widget, turned, here).series).toEqual([]);
  });

  it('tells the same metric of two places apart, and says of lines from elsewhere where they are', () => {
    const there = { region: 'eu-west-1', accountId: '444455556666' };
    const both = addMetric(addMetric(emptyScratch(), requests, here), requests, there);
    expect(both).toMatchObject(here);
    expect(both.series.map(({ region, accountId }) => [region, accountId])).toEqual([
      [null, null],
      ['eu-west-1', '444455556666'],
    ]);
    expect(removeMetric(both, requests, here).series.map(({ id }) => id)).toEqual(['m2']);
    expect(removeMetric(both, requests, there).series.map(({ id }) => id)).toEqual(['m1']);
    expect(chartedKeys(removeMetric(both, requests, there), there).size).toBe(0);
  });

  it('renames a line in the expressions that name it, but not in their quotes', () => {
    const widget = addExpression(
      addMetric(emptyScratch(), requests, here),
      "m1 + SEARCH('m1', 'Sum')",
      here,
    );
    const renamed = renameSeries(widget, 'm1', 'all');
    expect(renamed.series.map(({ id, expression }) => [id, expression])).toEqual([
      ['all', null],
      ['e1', "all + SEARCH('m1', 'Sum')"],
    ]);
    expect(idProblem(renamed, 'e1', 'all')).toContain('taken');
    expect(renameSeries(renamed, 'e1', 'all')).toBe(renamed);
    expect(idProblem(renamed, 'e1', 'E1')).not.toBeNull();
  });

  it('copies a line beside itself', () => {
    const widget = copySeries(
      addMetric(addMetric(emptyScratch(), requests, here), latency, here),
      'm1',
    );
    expect(widget.series.map(({ id, metric }) => [id, metric?.metricName])).toEqual([
      ['m1', 'RequestCount'],
      ['m3', 'RequestCount'],
      ['m2', 'TargetResponseTime'],
    ]);
  });
});

describe('the store', () => {
  beforeEach(() => {
    useMetrics.setState({ widget: emptyScratch(), past: [], future: [], retitling: false });
  });
  const ids = (): string[] => useMetrics.getState().widget.series.map(({ id }) => id);

  it('takes changes back and does them again, until something else is changed', () => {
    const { change, undo, redo } = useMetrics.getState();
    change((widget) => addMetric(widget, requests, here));
    change((widget) => addMetric(widget, latency, here));
    undo();
    expect(ids()).toEqual(['m1']);
    redo();
    expect(ids()).toEqual(['m1', 'm2']);
    undo();
    undo();
    undo();
    expect(ids()).toEqual([]);
    change((widget) => addExpression(widget, '1', here));
    redo();
    expect(ids()).toEqual(['e1']);
  });

  it('takes a typed title back as one step, and what came before it as another', () => {
    const { change, retitle, undo } = useMetrics.getState();
    change((widget) => addMetric(widget, requests, here));
    for (const title of ['A', 'AP', 'API']) retitle(title);
    undo();
    expect([useMetrics.getState().widget.title, ids()]).toEqual(['', ['m1']]);
    undo();
    expect(ids()).toEqual([]);
  });

  it('opens a copy of a widget from elsewhere, which can be taken back', () => {
    useMetrics.getState().change((widget) => addMetric(widget, requests, here));
    const widget = {
      ...addMetric(emptyScratch(), latency, here),
      id: 'w7',
      region: 'eu-west-1',
      y: 12,
    };
    openInMetrics(widget, 'crm', 'us-east-1');
    const state = useMetrics.getState();
    expect(useNavigation.getState().view).toBe('metrics');
    expect(state.place).toEqual({ connectionId: 'crm', region: 'eu-west-1' });
    expect(state.widget).toMatchObject({ id: 'scratch', y: 0 });
    expect(widget).toMatchObject({ id: 'w7', y: 12 });
    state.undo();
    expect(useMetrics.getState().widget.series[0]?.metric?.metricName).toBe('RequestCount');
  });
});
