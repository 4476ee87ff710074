/** What a step gave: text, a tree, a table or a chart. */
import { useMemo, useState } from 'react';
import type { StepOutput } from '../../../shared/runbooks/run';
import { copyText } from '../../alarms/actions';
import { csvText } from '../../charts/chart-csv';
import { TimeChart } from '../../charts/TimeChart';
import { useTimeZone } from '../../stores/settings';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { OutputTree } from './OutputTree';
import { shownOf, sorted } from './output-model';
import type { Table } from './output-model';
import classes from './run.module.css';

export function OutputView({ output, name }: { output: StepOutput; name: string }) {
  const zone = useTimeZone();
  const shown = useMemo(() => shownOf(output, zone), [output, zone]);
  switch (shown.kind) {
    case 'text':
      return shown.text === '' ? null : (
        <Framed copies={[['Copy', shown.text]]}>
          <pre
            className={classes['text']}
            tabIndex={0}
            role="region"
            aria-label={`What ${safeText(name)} gave`}
          >
            {safeMultiline(shown.text)}
          </pre>
        </Framed>
      );
    case 'tree':
      return (
        <Framed copies={[['Copy JSON', JSON.stringify(shown.value, null, 2)]]}>
          <OutputTree value={shown.value} name={name} />
        </Framed>
      );
    case 'table':
      return <TableView table={shown.table} name={name} />;
    case 'series':
      return (
        <Framed copies={[['Copy JSON', output.json]]}>
          <div className={classes['chart']}>
            <TimeChart
              model={shown.model}
              name={`What ${name} gave`}
              cursorGroup="run"
              legend="bottom"
            />
          </div>
        </Framed>
      );
  }
}

interface FramedProps {
  copies: readonly (readonly [label: string, text: string])[];
  children: React.ReactNode;
}

function Framed({ copies, children }: FramedProps) {
  return (
    <div className={classes['output']}>
      <div className={classes['outputTools']}>
        {copies.map(([label, text]) => (
          <button
            key={label}
            type="button"
            onClick={() => void copyText(text, 'what the step gave')}
          >
            {label}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

/** Rows drawn; all of them are copied. */
const MOST_ROWS = 500;

function TableView({ table, name }: { table: Table; name: string }) {
  const [order, setOrder] = useState<{ column: number; down: boolean } | null>(null);
  const rows = useMemo(
    () => (order === null ? table.rows : sorted(table.rows, order.column, order.down)),
    [table, order],
  );
  const csv = [table.columns, ...rows].map((row) => row.map(csvText).join(',')).join('\r\n');
  if (table.rows.length === 0) return <p className={classes['facts']}>No rows.</p>;
  return (
    <Framed
      copies={[
        ['Copy CSV', csv],
        ['Copy JSON', JSON.stringify(table)],
      ]}
    >
      <div
        className={classes['tableBox']}
        tabIndex={0}
        role="region"
        aria-label={`What ${safeText(name)} gave`}
      >
        <table className={classes['table']}>
          <thead>
            <tr>
              {table.columns.map((column, at) => (
                <th
                  key={`${at} ${column}`}
                  scope="col"
                  aria-sort={
                    order?.column !== at ? undefined : order.down ? 'descending' : 'ascending'
                  }
                >
                  <button
                    type="button"
                    onClick={() =>
                      setOrder({ column: at, down: order?.column === at ? !order.down : false })
                    }
                  >
                    {safeText(column)}
                    {order?.column === at ? (order.down ? ' ↓' : ' ↑') : ''}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map((row, at) => (
              <tr key={at}>
                {table.columns.map((column, cell) => (
                  <td key={`${cell} ${column}`}>{safeMultiline(row[cell] ?? '')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MOST_ROWS && (
        <p className={classes['facts']}>
          The first {MOST_ROWS} of {rows.length} rows; copying takes all.
        </p>
      )}
    </Framed>
  );
}
