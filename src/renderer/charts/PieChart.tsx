import { useMemo } from 'react';
import { safeText } from '../ui/safe-text';
import { pieConfig } from './category-chart';
import { CategoryCanvas } from './CategoryCanvas';
import { useChartColors } from './chart-colors';
import { oneValues, valuesSummary } from './one-value';
import type { OneValueProps } from './one-value';
import { formatNumber } from './units';
import styles from './values.module.css';

/** Shares of the sum, with a legend that states value and share. */
export function PieChart(props: OneValueProps) {
  const colors = useChartColors();
  const values = useMemo(() => oneValues(props, colors.palette), [props, colors]);
  const config = useMemo(() => pieConfig(values, colors), [values, colors]);
  const sum = values.reduce((total, { value }) => (value > 0 ? total + value : total), 0);
  return (
    <figure className={styles.figure} aria-label={safeText(props.name)}>
      <div className={styles.pie}>
        <CategoryCanvas config={config} label={valuesSummary(values, safeText)} />
        <ul className={styles.pieLegend} aria-label="Legend">
          {values.map((one) => (
            <li key={one.key}>
              <i style={{ background: one.color }} />
              <span title={safeText(one.label)}>{safeText(one.label)}</span>
              <b>
                {one.text}
                {one.value > 0 && sum > 0 && ` · ${formatNumber((one.value / sum) * 100)} %`}
              </b>
            </li>
          ))}
        </ul>
      </div>
    </figure>
  );
}
