import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useChartColors } from './chart-colors';
import type { ChartModel } from './chart-model';
import { createChartHandle } from './chart-handle';
import type { ChartHandle } from './chart-handle';
import { Legend } from './Legend';
import { planOf } from './plan';
import { chartSummary } from './summary';
import { createTimeSurface } from './time-surface';
import type { TimeSurface } from './time-surface';
import { safeText } from '../ui/safe-text';
import styles from './charts.module.css';

export interface TimeChartProps {
  model: ChartModel;
  /** Accessible name of the figure: the widget's title. */
  name: string;
  /** Charts of one group share the hair. */
  cursorGroup: string;
  legend: 'bottom' | 'right' | 'hidden';
  /** A drag chose a window (ms UTC, from < to). */
  onZoom?: (from: number, to: number) => void;
  /** Hears the chart's handle once it is there; null when it goes. */
  onHandle?: (handle: ChartHandle | null) => void;
}

/**
 * A chart over time; fills its container. The hair follows the pointer or the arrow keys over all charts of
 * its group, a drag chooses a window, Enter pins the hair. Hidden series stay hidden while models change.
 */
export function TimeChart(props: TimeChartProps) {
  const { model, name, cursorGroup, legend, onZoom, onHandle } = props;
  const id = useId();
  const colors = useChartColors();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const surface = useRef<TimeSurface | null>(null);
  const plan = useMemo(() => planOf(model, colors.palette, hidden), [model, colors, hidden]);
  const summary = useMemo(() => chartSummary(model), [model]);
  const latest = useRef({ plan, colors, onZoom });
  useLayoutEffect(() => {
    latest.current = { plan, colors, onZoom };
  });

  useEffect(() => {
    if (canvas.current === null || overlay.current === null || stage.current === null) return;
    const made = createTimeSurface({
      id,
      canvas: canvas.current,
      overlay: overlay.current,
      stage: stage.current,
      group: cursorGroup,
      plan: latest.current.plan,
      colors: latest.current.colors,
      onZoom: (from, to) => latest.current.onZoom?.(from, to),
    });
    surface.current = made;
    return () => {
      surface.current = null;
      made.destroy();
    };
  }, [id, cursorGroup]);

  useEffect(() => {
    surface.current?.show(plan, colors);
  }, [plan, colors]);

  useEffect(() => {
    if (onHandle === undefined) return;
    onHandle(
      createChartHandle(
        () => canvas.current,
        () => latest.current,
      ),
    );
    return () => onHandle(null);
  }, [onHandle]);

  return (
    <figure className={styles.chart} data-legend={legend} aria-label={safeText(name)}>
      <div
        ref={stage}
        className={styles.stage}
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-orientation="horizontal"
        aria-valuemin={model.startMs}
        aria-valuemax={model.endMs}
        aria-valuenow={model.endMs}
        aria-valuetext={summary}
        aria-describedby={`${id}-summary`}
      >
        <canvas ref={canvas} aria-hidden="true" />
        <canvas ref={overlay} className={styles.overlay} aria-hidden="true" />
      </div>
      {legend !== 'hidden' && <Legend plan={plan} hidden={hidden} onChange={setHidden} />}
      <p id={`${id}-summary`} className="nd-visually-hidden">
        {summary}
      </p>
    </figure>
  );
}
