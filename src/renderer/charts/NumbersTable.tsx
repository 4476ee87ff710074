import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { safeText } from '../ui/safe-text';
import { formatFull } from '../ui/time';
import { exactValue, numberTimes } from './chart-csv';
import type { ChartModel } from './chart-model';
import { formatValue } from './units';
import styles from './values.module.css';

const ROW_PX = 22;
const TIME_PX = 190;
const CELL_PX = 130;
const STATE_PX = 70;

/** Every datapoint of the chart, newest first: for those who do not see it, and for exactness. */
export function NumbersTable({ model, name }: { model: ChartModel; name: string }) {
  const times = useMemo(() => numberTimes(model).reverse(), [model]);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: times.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const columns = useVirtualizer({
    count: model.series.length,
    horizontal: true,
    getScrollElement: () => box.current,
    estimateSize: () => CELL_PX,
    overscan: 4,
  });
  const inSight = columns.getVirtualItems();
  // Where times in ALARM are shaded, they are said too.
  const state = model.spans.length > 0;
  const lead = TIME_PX + (state ? STATE_PX : 0);
  const width = lead + columns.getTotalSize();
  return (
    <div
      ref={box}
      className={styles.numbers}
      role="region"
      tabIndex={0}
      aria-label={`Numbers of ${safeText(name)}`}
    >
      <div
        role="table"
        aria-label={`Datapoints of ${safeText(name)}`}
        aria-rowcount={times.length + 1}
        aria-colcount={model.series.length + (state ? 2 : 1)}
        style={{ height: rows.getTotalSize() + ROW_PX, width }}
      >
        <div role="row" aria-rowindex={1} className={styles.numbersHead}>
          <span role="columnheader" className={styles.numbersTime}>
            Time
          </span>
          {state && (
            <span role="columnheader" style={{ left: TIME_PX, width: STATE_PX }}>
              State
            </span>
          )}
          {inSight.map(({ index, start }) => (
            <span
              key={index}
              role="columnheader"
              aria-colindex={index + (state ? 3 : 2)}
              style={{ left: lead + start, width: CELL_PX }}
              title={safeText(model.series[index]?.label ?? '')}
            >
              {safeText(model.series[index]?.label ?? '')}
            </span>
          ))}
        </div>
        {rows.getVirtualItems().map((row) => {
          const at = times[row.index] ?? 0;
          return (
            <div
              key={at}
              role="row"
              aria-rowindex={row.index + 2}
              className={styles.numbersRow}
              style={{ top: ROW_PX + row.start }}
            >
              <span role="rowheader" className={styles.numbersTime}>
                {formatFull(at, model.zone)}
              </span>
              {state && (
                <span role="cell" style={{ left: TIME_PX, width: STATE_PX }}>
                  {model.spans.some(({ from, to }) => at >= from && at < to) ? 'ALARM' : '–'}
                </span>
              )}
              {inSight.map(({ index, start }) => {
                const series = model.series[index];
                const value = series === undefined ? Number.NaN : exactValue(series, at);
                const unit =
                  series?.unit ?? (series?.axis === 'right' ? model.right : model.left).unit;
                return (
                  <span
                    key={index}
                    role="cell"
                    aria-colindex={index + (state ? 3 : 2)}
                    style={{ left: lead + start, width: CELL_PX }}
                  >
                    {Number.isNaN(value) ? 'no data' : formatValue(value, unit)}
                  </span>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}
