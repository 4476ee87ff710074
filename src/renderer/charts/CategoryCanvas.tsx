import { Chart } from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import { useEffect, useRef } from 'react';
import styles from './values.module.css';

type CategoryConfig =
  ChartConfiguration<'bar', number[], string> | ChartConfiguration<'pie', number[], string>;

/** A Chart.js canvas that shows a configuration; what it says is said beside it for who does not see it. */
export function CategoryCanvas({ config, label }: { config: CategoryConfig; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    const chart =
      config.type === 'bar'
        ? new Chart<'bar', number[], string>(canvas.current, config)
        : new Chart<'pie', number[], string>(canvas.current, config);
    return () => chart.destroy();
  }, [config]);
  return (
    <div className={styles.canvasBox}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
