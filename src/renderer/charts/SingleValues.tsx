import { safeText } from '../ui/safe-text';
import { useChartColors } from './chart-colors';
import { oneValues, trendOf, valuesSummary } from './one-value';
import type { OneValue, OneValueProps } from './one-value';
import { Sparkline } from './Sparkline';
import { formatNumber } from './units';
import styles from './values.module.css';

export interface SingleValuesProps extends OneValueProps {
  sparkline: boolean;
  /** Change against the datapoint before, with an arrow and a sign. */
  trend: boolean;
}

function trendText(share: number | null): string {
  if (share === null) return '';
  const percent = Math.abs(share * 100);
  if (percent < 0.05) return '→ 0 %';
  return share > 0 ? `↑ +${formatNumber(percent)} %` : `↓ −${formatNumber(percent)} %`;
}

function Tile({ one, props }: { one: OneValue; props: SingleValuesProps }) {
  const { startMs, endMs, sparkline, trend } = props;
  const change = trend ? trendText(trendOf(one.series, startMs, endMs)) : '';
  return (
    <li className={styles.tile}>
      <span className={styles.tileLabel} title={safeText(one.label)}>
        {safeText(one.label)}
      </span>
      <strong className={styles.tileValue} style={{ borderColor: one.stepColor ?? 'transparent' }}>
        {one.text}
      </strong>
      {change !== '' && <span className={styles.tileTrend}>{change}</span>}
      {sparkline && (
        <Sparkline
          series={one.series}
          startMs={startMs}
          endMs={endMs}
          color={one.stepColor ?? one.color}
        />
      )}
    </li>
  );
}

/** Large values, one tile a series; tiles share the room and their figures scale with it. */
export function SingleValues(props: SingleValuesProps) {
  const { palette } = useChartColors();
  const values = oneValues(props, palette);
  return (
    <figure className={styles.figure} aria-label={safeText(props.name)}>
      <ul className={styles.tiles} aria-label={valuesSummary(values, safeText)}>
        {values.map((one) => (
          <Tile key={one.key} one={one} props={props} />
        ))}
      </ul>
    </figure>
  );
}
