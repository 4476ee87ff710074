import { useMemo } from 'react';
import { safeText } from '../ui/safe-text';
import { barConfig } from './category-chart';
import { CategoryCanvas } from './CategoryCanvas';
import { useChartColors } from './chart-colors';
import { oneValues, valuesSummary } from './one-value';
import type { OneValueProps } from './one-value';
import styles from './values.module.css';

/** Horizontal bars, one a series. */
export function BarChart(props: OneValueProps) {
  const colors = useChartColors();
  const values = useMemo(() => oneValues(props, colors.palette), [props, colors]);
  const config = useMemo(() => barConfig(values, props.axis, colors), [values, props.axis, colors]);
  return (
    <figure className={styles.figure} aria-label={safeText(props.name)}>
      <CategoryCanvas config={config} label={valuesSummary(values, safeText)} />
    </figure>
  );
}
