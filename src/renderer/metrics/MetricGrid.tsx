/** What was found, virtualised: Enter or Space puts a metric on the chart or takes it off. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { MetricId } from '../../shared/metrics/query';
import { safeText } from '../ui/safe-text';
import classes from './metrics.module.css';
import { metricKey } from '../../shared/metrics/metric-key';

const ROW_PX = 42;
const PAGE_ROWS = 10;

interface Props {
  rows: MetricId[];
  /** Keys of the metrics on the chart. */
  charted: ReadonlySet<string>;
  /** The namespace is part of the row while all are listed. */
  showNamespace: boolean;
  onToggle(metric: MetricId): void;
}

function step(key: string): number | null {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return PAGE_ROWS;
    case 'PageUp':
      return -PAGE_ROWS;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
}

export function MetricGrid({ rows, charted, showNamespace, onToggle }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const focus = useRef(false);
  const here = Math.min(at, Math.max(0, rows.length - 1));
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const drawn = defaultRangeExtractor(range);
      return drawn.includes(here) ? drawn : [...drawn, here].sort((a, b) => a - b);
    },
    [here],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    rangeExtractor,
  });
  useLayoutEffect(() => {
    if (!focus.current) return;
    focus.current = false;
    virtualizer.scrollToIndex(here, { align: 'auto' });
    scroller.current?.querySelector<HTMLElement>(`[data-at="${here}"]`)?.focus();
  }, [here, virtualizer]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = step(event.key);
    const row = rows[here];
    if (by !== null) {
      event.preventDefault();
      focus.current = true;
      setAt(Math.min(rows.length - 1, Math.max(0, here + by)));
    } else if ((event.key === 'Enter' || event.key === ' ') && row !== undefined) {
      event.preventDefault();
      onToggle(row);
    }
  };

  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      role="grid"
      tabIndex={-1}
      aria-label="Metrics"
      aria-rowcount={rows.length}
      aria-multiselectable
      onKeyDown={onKeyDown}
    >
      <div
        role="presentation"
        className={classes['canvas']}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const metric = rows[index];
          if (metric === undefined) return null;
          return (
            <MetricRow
              key={key}
              metric={metric}
              at={index}
              top={start}
              tabbable={index === here}
              on={charted.has(metricKey(metric))}
              showNamespace={showNamespace}
              onPick={() => {
                setAt(index);
                onToggle(metric);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  metric: MetricId;
  at: number;
  top: number;
  tabbable: boolean;
  on: boolean;
  showNamespace: boolean;
  onPick(): void;
}

function MetricRow({ metric, at, top, tabbable, on, showNamespace, onPick }: RowProps) {
  const dimensions = metric.dimensions.map(({ name, value }) => `${name}=${value}`).join('  ');
  const place = showNamespace ? `${metric.namespace}  ` : '';
  return (
    <div
      role="row"
      aria-rowindex={at + 1}
      aria-selected={on}
      data-at={at}
      tabIndex={tabbable ? 0 : -1}
      className={classes['metric']}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onPick}
    >
      <span role="gridcell" className={classes['tick']} aria-label={on ? 'On the chart' : 'Add'}>
        {on ? <IconCheck size={15} aria-hidden /> : <IconPlus size={15} aria-hidden />}
      </span>
      <span role="gridcell" className={classes['metricText']}>
        <span className={classes['metricName']}>{safeText(metric.metricName)}</span>
        <span className={classes['dimensions']} title={safeText(dimensions)}>
          {place !== '' && <span className={classes['namespaceTag']}>{safeText(place)}</span>}
          {safeText(dimensions) || 'no dimensions'}
        </span>
      </span>
    </div>
  );
}
