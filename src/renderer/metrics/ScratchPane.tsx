/** The chart under work: toolbar, chart, lines. */
import { lazy, Suspense, useMemo, useState } from 'react';
import { useRefreshing } from '../dashboards/page-clock';
import { marksFor } from '../dashboards/match-marks';
import { TimeBar } from '../dashboards/TimeBar';
import { useMarks } from '../dashboards/use-marks';
import { useWidgetData } from '../dashboards/use-widget-data';
import { useSettings } from '../stores/settings';
import { askable } from './askable';
import { EmptyScratch } from './EmptyScratch';
import classes from './metrics.module.css';
import { ScratchChart } from './ScratchChart';
import { SeriesTable } from './SeriesTable';
import { useMetrics } from './store';
import type { Place } from './store';
import { Toolbar } from './Toolbar';
import type { Catalog } from './use-catalog';

const PutDialog = lazy(async () => ({ default: (await import('./PutDialog')).PutDialog }));

export function ScratchPane({ place, catalog }: { place: Place; catalog: Catalog }) {
  const [putting, setPutting] = useState(false);
  const range = useMetrics((state) => state.range);
  const compare = useMetrics((state) => state.compare);
  const empty = useMetrics((state) => state.widget.series.length === 0);
  const { zoom, back, shift, setRange, setCompare } = useMetrics.getState();
  const seconds = useSettings((state) => state.settings?.metrics.refreshSeconds ?? null);
  useRefreshing(seconds);
  const whole = useMetrics((state) => state.widget);
  const { widget, notes } = useMemo(() => askable(whole), [whole]);
  const marks = useMarks(range.current);
  const own = useMemo(
    () => marksFor(widget, marks, place.connectionId, place.region),
    [widget, marks, place],
  );
  const data = useWidgetData(widget, {
    ...place,
    ...own,
    range: range.current,
    compare,
    enabled: !empty,
  });
  return (
    <section className={classes['scratch']} aria-label="Scratch chart">
      <Toolbar place={place} onPut={() => setPutting(true)} />
      {empty ? (
        <EmptyScratch place={place} namespaces={catalog.namespaces} />
      ) : (
        <>
          <div className={classes['timeBar']}>
            <TimeBar
              history={range}
              onRange={setRange}
              onBack={back}
              onShift={shift}
              compare={compare}
              onCompare={setCompare}
              fetching={data.fetching}
            />
          </div>
          <ScratchChart widget={widget} data={data} onZoom={zoom} />
          <SeriesTable place={place} notes={notes} />
        </>
      )}
      {putting && (
        <Suspense fallback={null}>
          <PutDialog place={place} onClose={() => setPutting(false)} />
        </Suspense>
      )}
    </section>
  );
}
