/** Answers of a widget's groups → what a chart draws. Pure; values are never copied. */
import { unitOf } from '../../shared/alarms/units';
import type { AxisSpec, MarkSpec, MetricWidget } from '../../shared/dashboards/dashboard';
import { defaultLabels } from '../../shared/dashboards/labels';
import type { PlannedSeries } from '../../shared/dashboards/plan';
import type { TimeWindow } from '../../shared/dashboards/time-range';
import type { SeriesHead } from '../../shared/metrics/query';
import type { ChartAxis, ChartModel, ChartSeries, ChartSpan } from '../charts/chart-model';
import type { AnsweredGroup } from './use-series';

export interface ModelParts {
  widget: MetricWidget;
  window: TimeWindow;
  answers: readonly AnsweredGroup[];
  /** The same groups earlier, and by how much (ms); drawn pale on today's axis. */
  before: { answers: readonly AnsweredGroup[]; byMs: number } | null;
  marks: readonly MarkSpec[];
  spans: readonly ChartSpan[];
  zone: 'local' | 'utc';
}

/** Main is trusted on its side of the contract: heads are parsed, not validated again. */
function headsOf(json: string): SeriesHead[] {
  return JSON.parse(json);
}

function noteOf({ status, messages }: SeriesHead): string | null {
  if (status === 'complete' && messages.length === 0) return null;
  if (messages.length > 0) return messages.join(' ');
  return status === 'partial' ? 'Not all of it was answered.' : 'CloudWatch could not answer it.';
}

interface Drawn {
  planned: PlannedSeries;
  head: SeriesHead;
  values: Float64Array;
  /** Series that the same query answered. */
  siblings: number;
  group: number;
}

function drawnOf(answers: readonly AnsweredGroup[]): Drawn[] {
  return answers.flatMap(({ planned, set }, group) => {
    const heads = headsOf(set.headsJson);
    return planned.series.flatMap((series) => {
      const own = heads.filter(({ queryId }) => queryId === series.queryId);
      return own.map((head) => ({
        planned: series,
        head,
        values: set.values.subarray(head.offset, head.offset + head.count),
        siblings: own.length,
        group,
      }));
    });
  });
}

const isBand = ({ planned, siblings }: Drawn): boolean =>
  siblings === 2 && /ANOMALY_DETECTION_BAND/i.test(planned.spec.expression ?? '');

function seriesOf(drawn: Drawn, label: string, shiftMs: number): ChartSeries {
  const { planned, head, values, siblings, group } = drawn;
  const { spec } = planned;
  const ghost = shiftMs !== 0;
  const band = isBand(drawn);
  return {
    key: `${group}:${spec.id}:${head.key}${ghost ? ':before' : ''}`,
    label: ghost ? `${label}, a week earlier` : label,
    color: siblings === 1 || band ? spec.color : null,
    axis: spec.axis,
    startMs: head.startMs + shiftMs,
    periodMs: head.periodMs,
    values,
    unit: spec.metric === null ? null : unitOf(spec.metric.metricName, spec.unit),
    drawAs: spec.drawAs,
    ghost,
    bandOf: band && !ghost ? `${group}:${spec.id}` : null,
    note: noteOf(head),
  };
}

function labelled(answers: readonly AnsweredGroup[], shiftMs: number): ChartSeries[] {
  const drawn = drawnOf(answers);
  const names = defaultLabels(
    answers.flatMap(({ planned }) =>
      planned.series.map(({ spec, periodSeconds, region }) => ({ spec, periodSeconds, region })),
    ),
  );
  const nameOf = new Map<PlannedSeries, string>();
  answers
    .flatMap(({ planned }) => planned.series)
    .forEach((series, at) => nameOf.set(series, names[at] ?? series.spec.id));
  const placed = drawn.map((each) => ({
    at: each.planned.index,
    series: seriesOf(each, each.head.label ?? nameOf.get(each.planned) ?? each.head.key, shiftMs),
  }));
  return placed.sort((a, b) => a.at - b.at).map(({ series }) => series);
}

function axisOf({ min, max, label, unit, showUnits }: AxisSpec): ChartAxis {
  return { min, max, label, unit: showUnits ? unit : 'None' };
}

export function modelOf(parts: ModelParts): ChartModel {
  const { widget, window, answers, before, marks, spans, zone } = parts;
  const earlier = before === null ? [] : labelled(before.answers, before.byMs);
  return {
    ...window,
    stacked: widget.view === 'stacked',
    series: [...labelled(answers, 0), ...earlier.filter(({ bandOf }) => bandOf === null)],
    left: axisOf(widget.left),
    right: axisOf(widget.right),
    thresholds: widget.thresholds,
    marks: [...widget.marks, ...marks],
    spans: [...spans],
    zone,
  };
}

/** Whether anything in the window is a number. */
export function hasDatapoints(model: ChartModel): boolean {
  return model.series.some(
    ({ ghost, values }) => !ghost && values.some((value) => !Number.isNaN(value)),
  );
}
