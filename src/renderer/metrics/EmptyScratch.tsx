/** What stands in the chart's place while nothing is chosen: how to begin, and a few beginnings. */
import { IconChartLine } from '@tabler/icons-react';
import type { NamespaceCount } from '../../shared/metrics/catalog';
import classes from './metrics.module.css';
import { fittingPoints, startedWith } from './starting-points';
import { atPlace, useMetrics } from './store';
import type { Place } from './store';

interface Props {
  place: Place;
  namespaces: readonly NamespaceCount[];
}

export function EmptyScratch({ place, namespaces }: Props) {
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
            <button type="button" onClick={() => change(() => startedWith(point, atPlace(place)))}>
              <strong>{point.title}</strong>
              <span>{point.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
