import { safeText } from '../ui/safe-text';
import { useChartColors } from './chart-colors';
import { oneValues, oneValueText, reduceSeries } from './one-value';
import type { OneValueProps, Reduce } from './one-value';
import styles from './values.module.css';

const COLUMNS: { reduce: Reduce; title: string }[] = [
  { reduce: 'last', title: 'Last' },
  { reduce: 'min', title: 'Min' },
  { reduce: 'max', title: 'Max' },
  { reduce: 'avg', title: 'Avg' },
  { reduce: 'sum', title: 'Sum' },
];

/** A sum of percentages is no figure. */
const isSummable = (reduce: Reduce, unit: string | null): boolean =>
  reduce !== 'sum' || unit !== 'Percent';

/** One row a series: the widget's own value first, then what the window held. */
export function ValueTable(props: OneValueProps) {
  const { palette } = useChartColors();
  const { startMs, endMs, axis, fullPrecision = false } = props;
  const values = oneValues(props, palette);
  const own = COLUMNS.find((each) => each.reduce === props.reduce);
  const columns = [
    ...(own === undefined ? [] : [own]),
    ...COLUMNS.filter((each) => each.reduce !== props.reduce),
  ];
  return (
    <figure className={styles.figure} aria-label={safeText(props.name)}>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Values">
        <table>
          <thead>
            <tr>
              <th scope="col">Series</th>
              {columns.map(({ reduce, title }) => (
                <th key={reduce} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {values.map((one) => (
              <tr key={one.key}>
                <th scope="row">
                  <i style={{ background: one.stepColor ?? one.color }} />
                  {safeText(one.label)}
                </th>
                {columns.map(({ reduce }) => (
                  <td key={reduce}>
                    {isSummable(reduce, axis.unit ?? one.series.unit)
                      ? oneValueText(
                          reduceSeries(one.series, reduce, startMs, endMs),
                          axis.unit ?? one.series.unit,
                          fullPrecision,
                        )
                      : '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
