import { safeText } from '../ui/safe-text';
import { useChartColors } from './chart-colors';
import { oneValues } from './one-value';
import type { ColorStep, OneValue, OneValueProps } from './one-value';
import { formatValue } from './units';
import styles from './values.module.css';

const RADIUS = 80;

/** Point of the half circle at a share from 0 (left) to 1 (right). */
function point(share: number, radius: number): string {
  const angle = Math.PI * (1 - share);
  return `${100 + radius * Math.cos(angle)} ${100 - radius * Math.sin(angle)}`;
}

function arc(from: number, to: number, radius: number): string {
  return `M ${point(from, radius)} A ${radius} ${radius} 0 0 1 ${point(to, radius)}`;
}

interface DialProps {
  one: OneValue;
  min: number;
  max: number;
  steps: ColorStep[];
  unit: string | null;
}

function Dial({ one, min, max, steps, unit }: DialProps) {
  const share = (value: number): number => Math.min(1, Math.max(0, (value - min) / (max - min)));
  const filled = Number.isNaN(one.value) ? 0 : share(one.value);
  return (
    <li className={styles.dial}>
      <div
        role="meter"
        aria-label={safeText(one.label)}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={Number.isNaN(one.value) ? min : Math.min(max, Math.max(min, one.value))}
        aria-valuetext={one.text}
      >
        <svg viewBox="0 0 200 122" aria-hidden="true">
          <path d={arc(0, 1, RADIUS)} className={styles.dialTrack} />
          {filled > 0 && (
            <path
              d={arc(0, filled, RADIUS)}
              className={styles.dialFill}
              style={{ stroke: one.stepColor ?? one.color }}
            />
          )}
          {steps.map((step, index) => {
            const from = step.from === null ? 0 : share(step.from);
            const next = steps[index + 1]?.from ?? null;
            const to = next === null ? 1 : share(next);
            if (to <= from) return null;
            return (
              <path
                key={step.from ?? 'lowest'}
                d={arc(from, to, RADIUS + 13)}
                className={styles.dialStep}
                style={{ stroke: step.color }}
              />
            );
          })}
          <text x="100" y="96" className={styles.dialValue}>
            {one.text}
          </text>
          <text x="20" y="118" className={styles.dialEnd}>
            {formatValue(min, unit)}
          </text>
          <text x="180" y="118" className={styles.dialEnd}>
            {formatValue(max, unit)}
          </text>
        </svg>
      </div>
      <span className={styles.tileLabel} title={safeText(one.label)}>
        {safeText(one.label)}
      </span>
    </li>
  );
}

/** One dial a series. CloudWatch's gauges state min and max; without them a percentage runs to 100, others from 0 to what is seen. */
export function GaugeChart(props: OneValueProps) {
  const { palette } = useChartColors();
  const { axis, steps } = props;
  const values = oneValues(props, palette);
  const unit = axis.unit ?? props.series[0]?.unit ?? null;
  const min = axis.min ?? 0;
  const seen = values.reduce((most, { value }) => (value > most ? value : most), min);
  const otherwise = unit === 'Percent' ? 100 : Math.max(seen, min + 1);
  const max = axis.max !== null && axis.max > min ? axis.max : Math.max(otherwise, min + 1);
  return (
    <figure className={styles.figure} aria-label={safeText(props.name)}>
      <ul className={styles.dials}>
        {values.map((one) => (
          <Dial key={one.key} one={one} min={min} max={max} steps={steps} unit={unit} />
        ))}
      </ul>
    </figure>
  );
}
