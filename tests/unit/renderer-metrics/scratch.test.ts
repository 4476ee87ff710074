import { beforeEach, describe, expect, it } from 'vitest';
import {
  addExpression,
  addMetric,
  copySeries,
  emptyScratch,
  hasMetric,
  idProblem,
  removeMetric,
  renameSeries,
} from '../../../src/renderer/metrics/scratch';
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
const latency = { ...requests, metricName: 'TargetResponseTime' };

describe('changes to the scratch chart', () => {
  it('gives lines ids that are free and the statistic they are usually looked at with', () => {
    const widget = addExpression(
      addMetric(addMetric(emptyScratch(), requests), latency),
      'm1 / m2',
    );
    expect(widget.series.map(({ id, stat }) => [id, stat])).toEqual([
      ['m1', 'Sum'],
      ['m2', 'Average'],
      ['e1', 'Average'],
    ]);
    const without = removeMetric(widget, requests);
    expect(addMetric(without, requests).series.map(({ id }) => id)).toEqual(['m2', 'e1', 'm1']);
  });

  it('knows a metric whatever the order of its dimensions', () => {
    const widget = addMetric(emptyScratch(), requests);
    const turned = { ...requests, dimensions: requests.dimensions.toReversed() };
    expect(hasMetric(widget, turned)).toBe(true);
    expect(removeMetric(widget, turned).series).toEqual([]);
  });

  it('renames a line in the expressions that name it, but not in their quotes', () => {
    const widget = addExpression(addMetric(emptyScratch(), requests), "m1 + SEARCH('m1', 'Sum')");
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
    const widget = copySeries(addMetric(addMetric(emptyScratch(), requests), latency), 'm1');
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
    change((widget) => addMetric(widget, requests));
    change((widget) => addMetric(widget, latency));
    undo();
    expect(ids()).toEqual(['m1']);
    redo();
    expect(ids()).toEqual(['m1', 'm2']);
    undo();
    undo();
    undo();
    expect(ids()).toEqual([]);
    change((widget) => addExpression(widget, '1'));
    redo();
    expect(ids()).toEqual(['e1']);
  });

  it('takes a typed title back as one step, and what came before it as another', () => {
    const { change, retitle, undo } = useMetrics.getState();
    change((widget) => addMetric(widget, requests));
    for (const title of ['A', 'AP', 'API']) retitle(title);
    undo();
    expect([useMetrics.getState().widget.title, ids()]).toEqual(['', ['m1']]);
    undo();
    expect(ids()).toEqual([]);
  });

  it('opens a copy of a widget from elsewhere, which can be taken back', () => {
    useMetrics.getState().change((widget) => addMetric(widget, requests));
    const widget = { ...addMetric(emptyScratch(), latency), id: 'w7', region: 'eu-west-1', y: 12 };
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
