/** What a log widget found: by its view where its rows can be drawn so, else as a table, with the reason. */
import { useMemo } from 'react';
import type { LogWidget, MetricView } from '../../shared/dashboards/dashboard';
import { assertNever } from '../../shared/assert-never';
import { BarChart } from '../charts/BarChart';
import type { ChartAxis, ChartModel, ChartSeries } from '../charts/chart-model';
import { PieChart } from '../charts/PieChart';
import { SingleValues } from '../charts/SingleValues';
import { TimeChart } from '../charts/TimeChart';
import { chartOf } from '../logs/insights/chart-of';
import type { Picture } from '../logs/insights/chart-of';
import { ResultTable } from '../logs/insights/ResultTable';
import { whereOf } from '../logs/insights/where';
import { useConnections } from '../stores/connections';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import type { LogRows } from './log-widget-runs';
import classes from './log-widget.module.css';
import { usePage } from './page-context';

const PLAIN: ChartAxis = { min: null, max: null, label: null, unit: null };

/** How rows are shown: a widget's view where they lend themselves to it. */
export type ShownAs = 'table' | 'line' | 'stacked' | 'time-bars' | 'bars' | 'pie' | 'values';

/** Time needs a `bin()`, shares need categories; null is said of rows that fit the view. */
export function shownAs(view: MetricView, picture: Picture): { as: ShownAs; why: string | null } {
  if (view === 'table') return { as: 'table', why: null };
  if (picture.kind === 'none') return { as: 'table', why: picture.why };
  const timed = picture.kind === 'time';
  switch (view) {
    case 'timeSeries':
      return timed ? { as: 'line', why: null } : { as: 'bars', why: noTime };
    case 'stacked':
      return timed ? { as: 'stacked', why: null } : { as: 'bars', why: noTime };
    case 'bar':
      return { as: timed ? 'time-bars' : 'bars', why: null };
    case 'pie':
      return timed
        ? { as: 'line', why: 'Drawn over time: a pie needs categories without bin().' }
        : { as: 'pie', why: null };
    case 'singleValue':
    case 'gauge':
      return timed ? { as: 'line', why: null } : { as: 'values', why: null };
    default:
      return assertNever(view);
  }
}

const noTime = 'Drawn as bars: a line over time needs bin() in the query.';

export function LogWidgetPicture({ widget, held }: { widget: LogWidget; held: LogRows }) {
  const labels = useConnections((state) => state.labels);
  const where = useMemo(() => whereOf(held.asked.targets, labels), [held.asked.targets, labels]);
  const picture = useMemo(() => chartOf(held, held.asked, held.state, where), [held, where]);
  const { as, why } = shownAs(widget.view, picture);
  const notes = [why, picture.kind === 'none' || as === 'table' ? null : picture.note];
  const said = notes.filter((note) => note !== null).join(' ');
  return (
    <div className={classes['picture']}>
      <div className={classes['box']} data-table={as === 'table'}>
        {as === 'table' || picture.kind === 'none' ? (
          <ResultTable held={held} asked={held.asked} where={where} />
        ) : (
          <Drawn as={as} picture={picture} />
        )}
      </div>
      {said !== '' && <p className={classes['said']}>{safeText(said)}</p>}
    </div>
  );
}

interface DrawnProps {
  as: Exclude<ShownAs, 'table'>;
  picture: Exclude<Picture, { kind: 'none' }>;
}

function Drawn({ as, picture }: DrawnProps) {
  switch (as) {
    case 'line':
    case 'stacked':
    case 'time-bars':
      return picture.kind === 'time' ? <OverTime as={as} picture={picture} /> : null;
    case 'bars':
    case 'pie':
    case 'values':
      return picture.kind === 'bars' ? (
        <Categories as={as} name={picture.label} series={picture.series} />
      ) : null;
    default:
      return assertNever(as);
  }
}

function OverTime({
  as,
  picture,
}: {
  as: 'line' | 'stacked' | 'time-bars';
  picture: Extract<Picture, { kind: 'time' }>;
}) {
  const page = usePage();
  const zone = useTimeZone();
  const drawAs = as === 'time-bars' ? 'bar' : as === 'stacked' ? 'area' : 'line';
  const model: ChartModel = {
    startMs: picture.startMs,
    endMs: picture.endMs,
    stacked: as === 'stacked',
    series: picture.series.map((series) => ({ ...series, drawAs })),
    left: axisOf(picture, 'left'),
    right: axisOf(picture, 'right'),
    thresholds: [],
    marks: [],
    spans: [],
    zone,
  };
  return (
    <TimeChart
      model={model}
      name="Result over time"
      cursorGroup={page.cursorGroup}
      legend="bottom"
      onZoom={page.onZoom}
    />
  );
}

/** From nothing up, unless something is less than nothing. */
function axisOf(
  { series, axes }: Extract<Picture, { kind: 'time' }>,
  side: 'left' | 'right',
): ChartAxis {
  const own = series.filter(({ axis }) => axis === side);
  if (own.length === 0) return PLAIN;
  const positive = own.every(({ values }) => values.every((value) => !(value < 0)));
  return { ...PLAIN, label: axes?.[side] ?? null, min: positive ? 0 : null };
}

function Categories({
  as,
  name,
  series,
}: {
  as: 'bars' | 'pie' | 'values';
  name: string;
  series: ChartSeries[];
}) {
  const values = {
    name,
    series,
    startMs: 0,
    endMs: 0,
    reduce: 'last',
    steps: [],
    axis: PLAIN,
  } as const;
  const props = { ...values, steps: [] };
  if (as === 'pie') return <PieChart {...props} />;
  if (as === 'values') return <SingleValues {...props} sparkline={false} trend={false} />;
  return <BarChart {...props} />;
}
