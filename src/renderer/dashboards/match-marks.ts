/** Which of the page's alarm spans and marks belong over a widget. Pure. */
import type { MarkSpec, MetricWidget } from '../../shared/dashboards/dashboard';
import type { AlarmSpan, TimeMark, TimeMarks } from '../../shared/metrics/marks';
import { metricKey } from '../../shared/metrics/metric-key';
import type { ChartSpan } from '../charts/chart-model';

export interface WidgetMarks {
  spans: ChartSpan[];
  marks: MarkSpec[];
}

const words: Record<TimeMark['kind'], string> = {
  deployment: 'Deployment',
  acknowledged: 'Acknowledged',
  note: 'Note',
};

function markSpec(mark: TimeMark): MarkSpec {
  const label = mark.text === '' ? words[mark.kind] : mark.text;
  return {
    at: mark.at,
    to: null,
    label,
    toLabel: null,
    color: null,
    fill: 'none',
    visible: true,
  };
}

function concerns(
  span: AlarmSpan,
  widget: MetricWidget,
  own: ReadonlySet<string>,
  connectionId: string,
  region: string,
): boolean {
  // A widget that names the alarm shows it, whatever it draws.
  if (widget.alarmArns.some((arn) => span.alarmKey === `${span.connectionId}|${arn}`)) return true;
  if (span.connectionId !== connectionId || span.region !== region) return false;
  return span.metrics.some((metric) => own.has(metricKey(metric)));
}

/**
 * Times in ALARM of alarms on the widget's own metrics; acknowledgements and notes of those alarms;
 * deployments of the same connection and region.
 */
export function marksFor(
  widget: MetricWidget,
  known: TimeMarks,
  connectionId: string,
  region: string,
): WidgetMarks {
  const own = new Set(
    widget.series.flatMap(({ metric }) => (metric === null ? [] : [metricKey(metric)])),
  );
  const at = widget.region ?? region;
  const spans = known.spans.filter((span) => concerns(span, widget, own, connectionId, at));
  const keys = new Set(spans.map(({ alarmKey }) => alarmKey));
  const marks = known.marks.filter((mark) => {
    if (mark.alarmKey !== null) return keys.has(mark.alarmKey);
    const here = mark.connectionId === null || mark.connectionId === connectionId;
    return here && (mark.region === null || mark.region === at);
  });
  return {
    spans: spans.map(({ from, to, alarmName, severity }) => {
      return { from, to, severity, label: `${alarmName} in ALARM` };
    }),
    marks: marks.map(markSpec),
  };
}
