/** The chart under work: toolbar, chart, lines. */
import { lazy, Suspense, useMemo, useState } from 'react';
import { useRefreshing } from '../dashboards/page-clock';
import { TimeBar } from '../dashboards/TimeBar';
import { useWidgetData } from '../dashboards/use-widget-data';
import { useSettings } from '../stores/settings';
import { EmptyScratch } from './EmptyScratch';
import classes from './metrics.module.css';
import { checkMath } from './math-check';
import { ScratchChart } from './ScratchChart';
import { SeriesTable } from './SeriesTable';
import { useMetrics } from './store';
import type { Place } from './store';
import { Toolbar } from './Toolbar';
import type { Catalog } from './use-catalog';

const PutDialog = lazy(async () => ({ default: (await import('./PutDialog')).PutDialog }));

/** The widget without lines that CloudWatch would refuse: one mistake does not take the others down. */
function useAskable() {
  const widget = useMetrics((state) => state.widget);
  return useMemo(() => {
    const ids = new Set(widget.series.map(({ id }) => id));
    const expressions = new Map(
      widget.series.flatMap(({ id, expression }) =>
        expression === null ? [] : [[id, expression]],
      ),
    );
    const notes = new Map<string, string>();
    const series = widget.series.filter(({ id, expression }) => {
      if (expression === null) return true;
      const [mistake] = checkMath(expression, ids, id, expressions);
      if (mistake !== undefined) notes.set(id, `Not asked: ${mistake.message}`);
      return mistake === undefined;
    });
    return { widget: notes.size === 0 ? widget : { ...widget, series }, notes };
  }, [widget]);
}

export function ScratchPane({ place, catalog }: { place: Place; catalog: Catalog }) {
  const [putting, setPutting] = useState(false);
  const range = useMetrics((state) => state.range);
  const compare = useMetrics((state) => state.compare);
  const empty = useMetrics((state) => state.widget.series.length === 0);
  const { zoom, back, shift, setRange, setCompare } = useMetrics.getState();
  const seconds = useSettings((state) => state.settings?.metrics.refreshSeconds ?? null);
  useRefreshing(seconds);
  const { widget, notes } = useAskable();
  const data = useWidgetData(widget, {
    ...place,
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
