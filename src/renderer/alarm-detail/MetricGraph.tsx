import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Alarm, MetricRule } from '../../shared/alarms/alarm';
import { unitOf } from '../../shared/alarms/units';
import type { TimeMark } from '../../shared/metrics/marks';
import type { Severity } from '../../shared/severity/severity';
import { ask } from '../bridge';
import type { ChartHandle } from '../charts/chart-handle';
import type { ChartModel } from '../charts/chart-model';
import { useTimeZone } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { formatFull } from '../ui/time';
import { metricSubtitle, metricTitle, watchedQuery } from './describe';
import { FailureNote } from './FailureNote';
import { countOf, graphModel, graphRanges } from './graph-model';
import type { GraphRange } from './graph-model';
import { useAlarmSeries, useDeployments } from './queries';
import styles from './detail.module.css';

// Their own chunks, so that Chart.js delays nothing that is painted first.
const TimeChart = lazy(async () => ({ default: (await import('../charts/TimeChart')).TimeChart }));
const NumbersTable = lazy(async () => ({
  default: (await import('../charts/NumbersTable')).NumbersTable,
}));

const none: readonly TimeMark[] = [];

/** CloudWatch states a unit only where the alarm did; else what AWS documents for the metric. */
function unitOfRule(rule: MetricRule | null): string | null {
  const query = rule === null ? null : watchedQuery(rule);
  return unitOf(query?.metricName ?? null, query?.unit ?? null);
}

interface PictureProps {
  alarm: Alarm;
  range: GraphRange;
  model: ChartModel | null;
  query: ReturnType<typeof useAlarmSeries>;
  onHandle(handle: ChartHandle | null): void;
}

function Picture({ alarm, range, model, query, onHandle }: PictureProps) {
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
  if (query.data !== undefined && countOf(query.data) === 0) {
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
      <TimeChart
        model={model}
        name={metricTitle(alarm)}
        cursorGroup="alarm-detail"
        legend={model.series.length > 1 ? 'bottom' : 'hidden'}
        onHandle={onHandle}
      />
    </Suspense>
  );
}

/** The alarm's own metric: threshold, times in ALARM shaded, gaps left open; as numbers and as a picture too. */
export function MetricGraph({ alarm, severity }: { alarm: Alarm; severity: Severity }) {
  const zone = useTimeZone();
  const [range, setRange] = useState<GraphRange>('3h');
  const [numbers, setNumbers] = useState(false);
  const chart = useRef<ChartHandle | null>(null);
  const onHandle = useCallback((handle: ChartHandle | null) => {
    chart.current = handle;
  }, []);
  const query = useAlarmSeries(alarm.key, range);
  const { data } = query;
  const { data: deployments = none } = useDeployments(alarm);
  const model = useMemo(
    () =>
      data === undefined
        ? null
        : graphModel(data, { severity, zone, deployments, unit: unitOfRule(alarm.metric) }),
    [data, alarm.metric, severity, zone, deployments],
  );
  const title = safeText(metricTitle(alarm));
  const subtitle = metricSubtitle(alarm);

  async function copyPicture(): Promise<void> {
    if (model === null) return;
    const span = `${formatFull(model.startMs, zone)} – ${formatFull(model.endMs, zone)}`;
    const heading = `${safeText(alarm.name)} · ${title}`;
    const url = chart.current?.png(heading, `${subtitle} · ${span}`) ?? null;
    if (url === null) return;
    try {
      await ask('app.copyImage', url);
      showToast({ level: 'done', text: 'Copied the graph', detail: null, action: null });
    } catch (error) {
      showFailure(error, 'app.copyImage');
    }
  }

  const drawn = model !== null && data !== undefined && countOf(data) > 0;
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
      <div className={styles.graph} aria-busy={query.isFetching}>
        <Picture alarm={alarm} range={range} model={model} query={query} onHandle={onHandle} />
      </div>
      {drawn && query.isError && (
        <FailureNote
          error={query.error}
          operation="metrics.alarmSeries"
          what="New datapoints"
          onRetry={() => void query.refetch()}
        />
      )}
      {drawn && numbers && (
        <Suspense fallback={null}>
          <div className={styles.numbers}>
            <NumbersTable model={model} name={metricTitle(alarm)} />
          </div>
        </Suspense>
      )}
    </section>
  );
}
