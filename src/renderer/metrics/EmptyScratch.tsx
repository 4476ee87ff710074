/** What stands in the chart's place while nothing is chosen: how to begin, and a few beginnings. */
import { IconChartLine } from '@tabler/icons-react';
import type { NamespaceCount } from '../../shared/metrics/catalog';
import classes from './metrics.module.css';
import { addExpression } from './scratch';
import { fittingPoints, startedWith } from './starting-points';
import { useMetrics } from './store';

export function EmptyScratch({ namespaces }: { namespaces: readonly NamespaceCount[] }) {
  const change = useMetrics.getState().change;
  const points = fittingPoints(namespaces.map(({ namespace }) => namespace));
  return (
    <div className={classes['empty']}>
      <IconChartLine size={30} stroke={1.3} aria-hidden />
      <h2>Nothing on the chart yet</h2>
      <p>
        Choose metrics on the left, or write an expression. <kbd>/</kbd> searches, <kbd>Enter</kbd>{' '}
        adds, <kbd>Ctrl Z</kbd> takes back.
      </p>
      <ul className={classes['points']}>
        {points.map((point) => (
          <li key={point.title}>
            <button type="button" onClick={() => change(() => startedWith(point))}>
              <strong>{point.title}</strong>
              <span>{point.text}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={() =>
              change((widget) =>
                addExpression(
                  widget,
                  'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY InstanceId ORDER BY MAX() DESC LIMIT 10',
                ),
              )
            }
          >
            <strong>A Metrics Insights query</strong>
            <span>The ten busiest instances, in SQL</span>
          </button>
        </li>
      </ul>
    </div>
  );
}
