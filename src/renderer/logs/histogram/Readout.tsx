/** What is under the pointer: the time, the counts, and what was not read. */
import { useChartColors } from '../../charts/chart-colors';
import classes from './histogram.module.css';
import { toneColor } from './paint';
import type { BarLine } from './stacks';
import { countWords } from './words';

export interface ReadoutProps {
  when: string;
  gap: string | null;
  lines: readonly BarLine[];
  /** Place of the bar, and the room there is, px. */
  x: number;
  widthPx: number;
}

const WIDE = 240;

export function Readout({ when, gap, lines, x, widthPx }: ReadoutProps) {
  const colors = useChartColors();
  const left = Math.max(0, Math.min(widthPx - WIDE, x < widthPx / 2 ? x + 14 : x - WIDE - 14));
  const sum = lines.reduce((all, { count }) => all + count, 0);
  return (
    <div className={classes['readout']} style={{ left, width: WIDE }} aria-hidden="true">
      <div className={classes['when']}>{when}</div>
      {lines.length === 0 && <div className={classes['dim']}>no events</div>}
      {lines.map(({ label, count, tone }) => (
        <div key={label} className={classes['line']}>
          <i style={{ background: toneColor(tone, colors) }} />
          <span>{label}</span>
          <b>{countWords(count)}</b>
        </div>
      ))}
      {lines.length > 1 && (
        <div className={classes['line']}>
          <i />
          <span>together</span>
          <b>{countWords(sum)}</b>
        </div>
      )}
      {gap !== null && <div className={classes['gap']}>{gap}</div>}
    </div>
  );
}
