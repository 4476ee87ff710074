/** A metric widget: asks while it is near, draws by its view, and says how far its picture can be believed. */
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { chartCsv } from '../charts/chart-csv';
import type { ChartHandle } from '../charts/chart-handle';
import { NumbersTable } from '../charts/NumbersTable';
import { openInMetrics } from '../metrics/store';
import { useTimeZone } from '../stores/settings';
import { formatFull, formatAge, useNow } from '../ui/time';
import { copyPicture, saveExport } from './actions';
import { marksFor } from './match-marks';
import { MetricPicture } from './MetricPicture';
import { usePage } from './page-context';
import { refreshNow } from './page-clock';
import { useDashboards } from './store';
import { useAlarmAnnotations } from './use-alarm-annotations';
import { useWidgetData } from './use-widget-data';
import type { WidgetData } from './use-widget-data';
import { Failed, Note, Skeleton } from './WidgetStates';
import { WidgetHead } from './WidgetHead';
import type { WidgetAction } from './WidgetHead';
import { fileNameOf, titleOf } from './widget-words';
import classes from './widget.module.css';

interface Props {
  widget: MetricWidget;
  near: boolean;
  full: boolean;
}

/** Only said when it matters: data that is being kept fresh needs no word. */
function Age({ data }: { data: WidgetData }) {
  const now = useNow(10_000);
  const age = data.asOf === null ? 'no data yet' : `${formatAge(data.asOf, now)} old`;
  if (data.paused) return <span className={classes['age']}>paused · {age}</span>;
  if (!data.stale || data.phase !== 'ready') return null;
  return (
    <span className={classes['age']} title={data.failure?.message}>
      {age}
    </span>
  );
}

function Content({
  widget,
  data,
  near,
  numbers,
  onHandle,
}: Props & {
  data: WidgetData;
  numbers: boolean;
  onHandle(handle: ChartHandle | null): void;
}) {
  const page = usePage();
  const title = titleOf(widget);
  if (page.place === null) return <Note text="No connection: add one in the settings." />;
  switch (data.phase) {
    case 'unasked':
      return <Note text={data.notes[0] ?? 'It has no metric to draw.'} />;
    case 'loading':
      return <Skeleton still={!near} />;
    case 'failed':
      return data.failure === null ? (
        <Skeleton />
      ) : (
        <Failed failure={data.failure} onRetry={refreshNow} />
      );
    case 'empty':
      return <Note text={data.notes[0] ?? 'No data in this range.'} />;
    case 'ready':
      if (data.model === null || !near) return <Skeleton still />;
      if (numbers) return <NumbersTable model={data.model} name={title} />;
      return <MetricPicture widget={widget} model={data.model} page={page} onHandle={onHandle} />;
  }
}

function useActions(
  widget: MetricWidget,
  data: WidgetData,
  handle: { readonly current: ChartHandle | null },
): WidgetAction[] {
  const page = usePage();
  const zone = useTimeZone();
  const numbers = useDashboards((state) => state.numbers.has(widget.id));
  const title = titleOf(widget);
  const { model } = data;
  const timed = widget.view === 'timeSeries' || widget.view === 'stacked';
  const place = page.place;
  const range = `${formatFull(data.window.startMs, zone)} – ${formatFull(data.window.endMs, zone)}`;
  return [
    {
      label: numbers ? 'Show the chart' : 'Show the numbers',
      disabled: model === null,
      run: () => useDashboards.getState().toggleNumbers(widget.id),
    },
    {
      label: 'Copy as PNG',
      disabled: !timed || model === null || numbers,
      run: () => {
        const url = handle.current?.png(title, range) ?? null;
        if (url !== null) void copyPicture(url);
      },
    },
    {
      label: 'Export CSV',
      disabled: model === null,
      run: () => {
        if (model !== null) void saveExport(fileNameOf(title, 'csv'), chartCsv(model), 'csv');
      },
    },
    {
      label: 'Open in metrics',
      disabled: place === null,
      run: () => {
        if (place === null) return;
        openInMetrics(widget, place.connectionId, place.region, page.range);
      },
    },
  ];
}

export function MetricWidgetView({ widget: written, near, full }: Props) {
  const { widget, connectionId } = useAlarmAnnotations(written);
  const page = usePage();
  const handle = useRef<ChartHandle | null>(null);
  const onHandle = useCallback((made: ChartHandle | null) => {
    handle.current = made;
  }, []);
  const numbers = useDashboards((state) => state.numbers.has(widget.id));
  const { place, marks } = page;
  const own = useMemo(
    () => (place === null ? null : marksFor(widget, marks, place.connectionId, place.region)),
    [widget, marks, place],
  );
  const data = useWidgetData(widget, {
    connectionId: connectionId ?? place?.connectionId ?? null,
    region: place?.region ?? null,
    range: page.range,
    periodOverride: page.periodOverride,
    compare: page.compare && (widget.view === 'timeSeries' || widget.view === 'stacked'),
    enabled: near,
    ...own,
  });
  const actions = useActions(widget, data, handle);
  useReporting(widget.id, data.fetching);
  return (
    <>
      <WidgetHead
        widget={widget}
        full={full}
        actions={actions}
        notes={data.notes}
        state={<Age data={data} />}
      />
      <div className={classes['body']} aria-busy={data.fetching}>
        <Content
          widget={widget}
          data={data}
          near={near}
          full={full}
          numbers={numbers}
          onHandle={onHandle}
        />
      </div>
    </>
  );
}

/** The page's bar turns while any widget asks. */
function useReporting(id: string, fetching: boolean): void {
  useEffect(() => {
    if (!fetching) return;
    useDashboards.getState().setFetching(id, true);
    return () => useDashboards.getState().setFetching(id, false);
  }, [id, fetching]);
}
