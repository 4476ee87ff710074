/** The scratch chart itself, in the view chosen, with what there is to say about it. */
import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { assertNever } from '../../shared/assert-never';
import type { WidgetData } from '../dashboards/use-widget-data';
import { useNow, formatAge } from '../ui/time';
import { safeText } from '../ui/safe-text';
import classes from './metrics.module.css';

const MetricPicture = lazy(async () => ({
  default: (await import('../dashboards/MetricPicture')).MetricPicture,
}));

const AGE_PACE_MS = 5_000;

function Said({ data }: { data: WidgetData }) {
  const now = useNow(AGE_PACE_MS);
  const lines = [...data.notes];
  if (data.paused) lines.push('Paused: the cost cap is reached. What is shown is what was known.');
  if (data.failure !== null) lines.push(`${data.failure.message} ${data.failure.advice}`);
  if (data.stale && data.asOf !== null)
    lines.push(`What is shown is ${formatAge(data.asOf, now)} old.`);
  if (lines.length === 0) return null;
  return (
    <ul className={classes['said']} role="status">
      {lines.map((line) => (
        <li key={line}>{safeText(line)}</li>
      ))}
    </ul>
  );
}

function standIn(data: WidgetData): string | null {
  switch (data.phase) {
    case 'loading':
      return 'Asking CloudWatch…';
    case 'empty':
      return 'No datapoints in this time. Choose a longer time, or another statistic.';
    case 'failed':
      return data.failure?.kind === 'invalid'
        ? 'CloudWatch did not accept what the chart asks.'
        : 'CloudWatch could not be asked.';
    case 'unasked':
      return 'Every line is hidden or waits for something.';
    case 'ready':
      return null;
    default:
      return assertNever(data.phase);
  }
}

interface Props {
  widget: MetricWidget;
  data: WidgetData;
  onZoom(from: number, to: number): void;
}

export function ScratchChart({ widget, data, onZoom }: Props) {
  const instead = standIn(data);
  return (
    <div className={classes['chartBox']} data-stale={data.stale}>
      <div className={classes['chart']}>
        {instead === null && data.model !== null ? (
          <Suspense fallback={null}>
            <MetricPicture
              widget={widget}
              model={data.model}
              name={widget.title === '' ? 'Scratch chart' : widget.title}
              page={{ cursorGroup: 'metrics', onZoom }}
            />
          </Suspense>
        ) : (
          <p className={classes['instead']} role="status">
            {data.phase === 'loading' && <Loader size="xs" aria-hidden />} {instead}
          </p>
        )}
      </div>
      <Said data={data} />
    </div>
  );
}
