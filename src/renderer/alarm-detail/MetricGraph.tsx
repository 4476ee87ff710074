import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Alarm, MetricRule } from '../../shared/alarms/alarm';
import { unitOf } from '../../shared/alarms/units';
import type { AlarmSeries } from '../../shared/metrics/series';
import { ask } from '../bridge';
import { useTimeZone } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { formatFull } from '../ui/time';
import { metricSubtitle, metricTitle, watchedQuery } from './describe';
import { FailureNote } from './FailureNote';
import { graphModel, graphRanges } from './graph-model';
import type { GraphModel, GraphRange } from './graph-model';
import { graphPng } from './graph-png';
import { NumbersTable } from './NumbersTable';
import { useAlarmSeries } from './queries';
import { useGraphColors } from './theme-colors';
import styles from './detail.module.css';

const GraphCanvas = lazy(() => import('./GraphCanvas'));

/** CloudWatch states a unit only where the alarm did; else what AWS documents for the metric. */
function modelOf(data: AlarmSeries, rule: MetricRule | null): GraphModel {
  const query = rule === null ? null : watchedQuery(rule);
  return graphModel(data, unitOf(query?.metricName ?? null, query?.unit ?? null));
}

interface PictureProps {
  alarm: Alarm;
  range: GraphRange;
  model: GraphModel | null;
  query: ReturnType<typeof useAlarmSeries>;
  onCanvas(canvas: HTMLCanvasElement | null): void;
}

function Picture({ alarm, range, model, query, onCanvas }: PictureProps) {
  const zone = useTimeZone();
  const colors = useGraphColors();
  if (model === null) {
    return (
      <div className={styles.graphNote}>
        {query.isError ? (
          <FailureNote
            error={query.error}
            operation="metrics.alarmSeries"
            what="The graph"
            onRetry={() => void query.refetch()}
          />
        ) : (
          <p>Loading datapoints…</p>
        )}
      </div>
    );
  }
  if (model.count === 0) {
    const label = graphRanges.find((each) => each.value === range)?.label ?? '';
    return (
      <div className={styles.graphNote}>
        <p>No datapoints in the last {label}.</p>
        <p>The metric was not published, or its dimensions no longer exist.</p>
      </div>
    );
  }
  return (
    <Suspense fallback={<div className={styles.graphNote}>Loading the graph…</div>}>
      <GraphCanvas
        model={model}
        colors={colors}
        zone={zone}
        name={safeText(metricTitle(alarm))}
        onCanvas={onCanvas}
      />
    </Suspense>
  );
}

/** The alarm's own metric: threshold, times in ALARM shaded, gaps left open; as numbers and as a picture too. */
export function MetricGraph({ alarm }: { alarm: Alarm }) {
  const zone = useTimeZone();
  const colors = useGraphColors();
  const [range, setRange] = useState<GraphRange>('3h');
  const [numbers, setNumbers] = useState(false);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const onCanvas = useCallback((element: HTMLCanvasElement | null) => {
    canvas.current = element;
  }, []);
  const query = useAlarmSeries(alarm.key, range);
  const model = useMemo(
    () => (query.data === undefined ? null : modelOf(query.data, alarm.metric)),
    [query.data, alarm.metric],
  );
  const title = safeText(metricTitle(alarm));
  const subtitle = metricSubtitle(alarm);

  async function copyPicture(): Promise<void> {
    if (canvas.current === null || model === null) return;
    const span = `${formatFull(model.startMs, zone)} – ${formatFull(model.endMs, zone)}`;
    const heading = `${safeText(alarm.name)} · ${title}`;
    const url = graphPng(canvas.current, colors, heading, `${subtitle} · ${span}`);
    if (url === null) return;
    try {
      await ask('app.copyImage', url);
      showToast({ level: 'done', text: 'Copied the graph', detail: null, action: null });
    } catch (error) {
      showFailure(error, 'app.copyImage');
    }
  }

  const drawn = model !== null && model.count > 0;
  return (
    <section className={styles.section} aria-label="Metric">
      <div className={styles.graphHead}>
        <h2>
          {title}
          <span>{subtitle}</span>
        </h2>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={!drawn}
          aria-expanded={numbers}
          onClick={() => setNumbers(!numbers)}
        >
          {numbers ? 'Hide the numbers' : 'Show the numbers'}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={!drawn}
          onClick={() => void copyPicture()}
        >
          Copy as PNG
        </Button>
        <SegmentedControl
          size="xs"
          aria-label="Time range"
          value={range}
          onChange={setRange}
          data={graphRanges.map(({ value }) => ({ value, label: value }))}
        />
      </div>
      <figure className={styles.graph} aria-label={title} aria-busy={query.isFetching}>
        <Picture alarm={alarm} range={range} model={model} query={query} onCanvas={onCanvas} />
      </figure>
      {drawn && query.isError && (
        <FailureNote
          error={query.error}
          operation="metrics.alarmSeries"
          what="New datapoints"
          onRetry={() => void query.refetch()}
        />
      )}
      {drawn && numbers && <NumbersTable model={model} />}
    </section>
  );
}
