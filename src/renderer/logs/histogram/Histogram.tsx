/** How many events when, by level or by a field; drag over it to look closer. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import type { GroupProgress } from '../../../shared/logs/search';
import { useChartColors } from '../../charts/chart-colors';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { usePane, usePaneStore } from '../events/pane';
import { useFollowFields } from '../facets/use-fields';
import { useLogs } from '../store';
import { barWindow } from './buckets';
import { droppedGap, gapWords, gapsOf } from './gaps';
import type { Gap } from './gaps';
import classes from './histogram.module.css';
import { HistogramSide } from './HistogramSide';
import { paintHistogram } from './paint';
import type { Picture } from './paint';
import { Readout } from './Readout';
import { barLines } from './stacks';
import { useBrush } from './use-brush';
import { useHistogram } from './use-histogram';
import type { Shown } from './use-histogram';
import { countWords, stepWords, ticksOf, windowWords } from './words';
import { zoomBack, zoomIn } from './zoom-history';

export interface HistogramProps {
  /** The time that is looked at (ms UTC); null: from the first event that is held to the last. */
  window?: TimeWindow | null;
  /** What of it has been read; null where that cannot be said. */
  coverage?: readonly GroupProgress[] | null;
}

export function Histogram({ window = null, coverage = null }: HistogramProps) {
  useFollowFields();
  const [by, setBy] = useState<string | null>('@level');
  const [box, widthPx] = useWidth();
  const shown = useHistogram(window, by, widthPx);
  const zoom = usePane((pane) => pane.zoom);
  const unread = window === null || coverage === null ? [] : gapsOf(coverage, window);
  const gaps = [...unread, ...droppedGap(shown.dropped)];
  return (
    <section className={classes['histogram']} aria-label="Events over time">
      <div ref={box} className={classes['plot']}>
        {shown.failure === null ? (
          <Plot shown={shown} gaps={gaps} widthPx={widthPx} />
        ) : (
          <p className={classes['failure']} role="status">
            {safeText(`The histogram could not be counted: ${shown.failure}`)}
          </p>
        )}
        {zoom !== null && window !== null && <Overview whole={window} zoom={zoom} />}
      </div>
      <HistogramSide by={by} onBy={setBy} shown={shown} gaps={gaps} />
    </section>
  );
}

function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    setWidth(current.clientWidth);
    return () => observer.disconnect();
  }, []);
  return [box, width] as const;
}

function Plot({ shown, gaps, widthPx }: { shown: Shown; gaps: readonly Gap[]; widthPx: number }) {
  const pane = usePaneStore();
  const alarm = useLogs((state) => state.alarm);
  const colors = useChartColors();
  const zone = useTimeZone();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { bars, stacks, stackBars } = shown;
  const { cursor, selection, events } = useBrush({
    bars,
    take: (window) => zoomIn(pane, window),
    back: () => zoomBack(pane),
  });
  useEffect(() => {
    if (canvas.current === null || bars === null) return;
    const picture: Picture = {
      bars,
      stacks,
      stackBars,
      gaps,
      alarmMs: alarm?.sinceMs ?? null,
      selection,
      cursor,
      ticks: ticksOf(bars, widthPx, zone),
      scale:
        stacks === null || stacks.most === 0
          ? ''
          : `${countWords(stacks.most)} in ${stepWords(bars.stepMs)}`,
    };
    paintHistogram(canvas.current, widthPx, picture, colors);
  });
  const range = selection ?? (cursor === null ? null : ([cursor, cursor] as const));
  const same = bars !== null && stackBars !== null && bars.startMs === stackBars.startMs;
  const lines = same && stacks !== null && range !== null ? sumLines(stacks, range) : [];
  const time = bars === null || range === null ? null : barWindow(bars, range[0], range[1]);
  const words = {
    when: time === null || bars === null ? '' : windowWords(time, bars.stepMs, zone),
    gap: time === null ? null : gapWords(gaps, time),
    lines,
  };
  return (
    <>
      <div
        className={classes['brush']}
        role="slider"
        tabIndex={0}
        aria-label="Time of the events"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, (bars?.count ?? 1) - 1)}
        aria-valuenow={cursor ?? 0}
        aria-valuetext={spoken(words, cursor === null)}
        title=""
        {...events}
      >
        <canvas ref={canvas} className={classes['canvas']} aria-hidden="true" />
      </div>
      {cursor !== null && bars !== null && (
        <Readout {...words} x={((cursor + 0.5) / bars.count) * widthPx} widthPx={widthPx} />
      )}
    </>
  );
}

type Stacks = NonNullable<Shown['stacks']>;

function sumLines(stacks: Stacks, [a, b]: readonly [number, number]) {
  const sums = new Map<string, ReturnType<typeof barLines>[number]>();
  for (let bar = Math.min(a, b); bar <= Math.max(a, b); bar += 1) {
    for (const line of barLines(stacks, bar)) {
      const before = sums.get(line.label)?.count ?? 0;
      sums.set(line.label, { ...line, count: line.count + before });
    }
  }
  const order = stacks.series.map(({ label }) => label);
  return [...sums.values()].toSorted((x, y) => order.indexOf(x.label) - order.indexOf(y.label));
}

interface Words {
  when: string;
  gap: string | null;
  lines: readonly { label: string; count: number }[];
}

function spoken({ when, gap, lines }: Words, nothing: boolean): string {
  if (nothing) {
    return 'Arrow keys move from bar to bar, Shift and arrow keys select, Enter zooms in, Escape takes the zoom back.';
  }
  const counts = lines.map(({ label, count }) => `${countWords(count)} ${label}`).join(', ');
  return [when, counts || 'no events', gap].filter((part) => part !== null).join(': ');
}

/** Where in the whole time the zoom is. */
function Overview({ whole, zoom }: { whole: TimeWindow; zoom: TimeWindow }) {
  const length = Math.max(1, whole.endMs - whole.startMs);
  const left = Math.max(0, (zoom.startMs - whole.startMs) / length);
  const right = Math.min(1, (zoom.endMs - whole.startMs) / length);
  return (
    <div className={classes['overview']} aria-hidden="true">
      <span
        style={{ left: `${left * 100}%`, width: `max(3px, ${Math.max(0, right - left) * 100}%)` }}
      />
    </div>
  );
}
