/** The bars as numbers: for screen readers, and for who wants to know exactly. */
import { useTimeZone } from '../../stores/settings';
import { barWindow } from './buckets';
import { gapWords } from './gaps';
import type { Gap } from './gaps';
import classes from './histogram.module.css';
import type { Shown } from './use-histogram';
import { countWords, windowWords } from './words';

export function HistogramTable({
  shown: { stacks, stackBars },
  gaps,
}: {
  shown: Shown;
  gaps: readonly Gap[];
}) {
  const zone = useTimeZone();
  if (stacks === null || stackBars === null)
    return <p className={classes['none']}>No events yet.</p>;
  const rows = stacks.totals
    .map((total, bar) => ({ total, bar, time: barWindow(stackBars, bar) }))
    .map((row) => ({ ...row, gap: gapWords(gaps, row.time) }))
    .filter(({ total, gap }) => total > 0 || gap !== null);
  if (rows.length === 0) return <p className={classes['none']}>No events in this time.</p>;
  return (
    <div
      className={classes['table']}
      tabIndex={0}
      role="region"
      aria-label="Events over time, as a table"
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {stacks.series.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">Together</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bar, time, total, gap }) => (
            <tr key={bar}>
              <th scope="row">{windowWords(time, stackBars.stepMs, zone)}</th>
              {stacks.series.map(({ label, row }) => (
                <td key={label}>{countWords(stacks.counts[row * stacks.buckets + bar] ?? 0)}</td>
              ))}
              <td>
                {countWords(total)}
                {gap === null ? '' : `, ${gap}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
