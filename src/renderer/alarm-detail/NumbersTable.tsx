import { useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { formatFull } from '../ui/time';
import { numberRows } from './graph-model';
import type { GraphModel } from './graph-model';
import { formatValue } from '../charts/units';
import styles from './detail.module.css';

/** Rows put on the page at once; a week of minutes would be ten thousand. */
const PAGE = 200;

/** The graph's datapoints, newest first. */
export function NumbersTable({ model }: { model: GraphModel }) {
  const zone = useTimeZone();
  const rows = useMemo(() => numberRows(model), [model]);
  const [shown, setShown] = useState(PAGE);
  return (
    <div className={styles.numbers} tabIndex={0} role="region" aria-label="Datapoints">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {model.lines.map((line) => (
              <th key={line.id} scope="col">
                {safeText(line.label)}
              </th>
            ))}
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.at}>
              <td>{formatFull(row.at, zone)}</td>
              {row.values.map((value, column) => (
                <td key={model.lines[column]?.id ?? column}>
                  {value === null ? 'no data' : formatValue(value, model.unit)}
                </td>
              ))}
              <td className={row.inAlarm ? styles.firing : undefined}>
                {row.inAlarm ? 'ALARM' : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + PAGE)}>
          {rows.length - shown} more
        </Button>
      )}
    </div>
  );
}
