/** A result drawn: over time, or as bars by category. */
import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { assertNever } from '../../../shared/assert-never';
import { BarChart } from '../../charts/BarChart';
import { useChartColors } from '../../charts/chart-colors';
import type { ChartAxis, ChartModel } from '../../charts/chart-model';
import { TimeChart } from '../../charts/TimeChart';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { useLogs } from '../store';
import type { BarPicture, Picture, TimePicture } from './chart-of';
import classes from './insights.module.css';
import { useInsights } from './store';
import type { ChartLook } from './store';

const PLAIN: ChartAxis = { min: null, max: null, label: null, unit: null };
const LOOKS: { value: ChartLook; label: string }[] = [
  { value: 'lines', label: 'Lines' },
  { value: 'bars', label: 'Bars' },
  { value: 'stacked', label: 'Stacked' },
];

export function ResultChart({ chart }: { chart: Picture }) {
  switch (chart.kind) {
    case 'time':
      return <OverTime chart={chart} />;
    case 'bars':
      return <Bars chart={chart} />;
    case 'none':
      return <p className={classes['empty']}>{chart.why}</p>;
    default:
      return assertNever(chart);
  }
}

function OverTime({ chart }: { chart: TimePicture }) {
  const zone = useTimeZone();
  const look = useInsights((state) => state.look);
  const { setLook } = useInsights.getState();
  const drawAs = look === 'bars' ? 'bar' : look === 'stacked' ? 'area' : 'line';
  const model: ChartModel = {
    startMs: chart.startMs,
    endMs: chart.endMs,
    stacked: look === 'stacked',
    series: chart.series.map((series) => ({ ...series, drawAs })),
    left: axisOf(chart, 'left'),
    right: axisOf(chart, 'right'),
    thresholds: [],
    marks: [],
    spans: [],
    zone,
  };
  return (
    <div className={classes['chart']}>
      <div className={classes['chartBox']}>
        <TimeChart
          model={model}
          name="Result over time"
          cursorGroup="insights"
          legend="bottom"
          onZoom={(from, to) => useLogs.getState().zoom(from, to)}
        />
      </div>
      <div className={classes['tools']}>
        <SegmentedControl
          size="xs"
          aria-label="Drawn as"
          value={look}
          data={LOOKS}
          onChange={(value) => setLook(LOOKS.find((one) => one.value === value)?.value ?? 'lines')}
        />
        <span className={classes['note']}>
          {chart.note} Drag over the chart to choose that time for the next run.
        </span>
      </div>
    </div>
  );
}

function axisOf({ series, axes }: TimePicture, side: 'left' | 'right'): ChartAxis {
  const own = series.filter(({ axis }) => axis === side);
  return {
    ...PLAIN,
    label: axes?.[side] ?? null,
    min: own.length > 0 && own.every(isPositive) ? 0 : null,
  };
}

const isPositive = ({ values }: { values: Float64Array }): boolean =>
  values.every((value) => !(value < 0));

const BAR_PX = 26;
const BARS_EDGE_PX = 44;

/** What fits beside a bar. */
const LABEL_LETTERS = 32;

/** Names of groups and services differ at their ends. */
const tail = (label: string): string =>
  label.length > LABEL_LETTERS ? `…${label.slice(1 - LABEL_LETTERS)}` : label;

function Bars({ chart }: { chart: BarPicture }) {
  // One measure, one colour: only their lengths differ.
  const color = useChartColors().palette[0] ?? null;
  const series = useMemo(
    () => chart.series.map((one) => ({ ...one, color, label: tail(one.label) })),
    [chart, color],
  );
  return (
    <div className={classes['chart']}>
      <div
        className={classes['chartBox']}
        data-scrolls
        tabIndex={0}
        role="region"
        aria-label="Bars"
      >
        <div style={{ height: chart.series.length * BAR_PX + BARS_EDGE_PX }}>
          <BarChart
            name={safeText(chart.label)}
            series={series}
            startMs={0}
            endMs={0}
            reduce="last"
            steps={[]}
            axis={PLAIN}
          />
        </div>
      </div>
      <span className={classes['note']}>
        {safeText(`Drawn: ${chart.label}. ${chart.note ?? ''}`)}
      </span>
    </div>
  );
}
