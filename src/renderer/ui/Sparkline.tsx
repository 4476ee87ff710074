/** A word-sized picture of a series: shape only, no axes. Gaps stay open. */
import { useMemo } from 'react';

interface Props {
  /** NaN is a gap. */
  values: Float64Array;
  width: number;
  height: number;
  /** CSS colour. */
  color: string;
  /** Index from which the line is drawn strong: what came before is the background. */
  strongFrom?: number;
}

/** SVG path data of `values[from …]`, at two decimals; one lone value becomes a short dash. */
function pathOf(values: Float64Array, from: number, width: number, height: number): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high - low || 1;
  const step = values.length > 1 ? width / (values.length - 1) : width;
  let path = '';
  let open = false;
  for (let index = from; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      open = false;
      continue;
    }
    const x = (index * step).toFixed(2);
    const y = (height - 1 - ((value - low) / span) * (height - 2)).toFixed(2);
    path += open ? `L${x} ${y}` : `M${x} ${y}h0.5`;
    open = true;
  }
  return path;
}

export function Sparkline({ values, width, height, color, strongFrom = 0 }: Props) {
  const all = useMemo(() => pathOf(values, 0, width, height), [values, width, height]);
  const strong = useMemo(
    () => pathOf(values, strongFrom, width, height),
    [values, strongFrom, width, height],
  );
  const line = { fill: 'none', strokeWidth: 1.3, strokeLinejoin: 'round' as const };
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      {strongFrom > 0 && <path d={all} stroke="var(--nd-faint)" {...line} />}
      <path d={strong} stroke={color} {...line} />
    </svg>
  );
}
