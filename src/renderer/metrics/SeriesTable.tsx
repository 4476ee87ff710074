/** The lines of the scratch chart, and how to add an expression. */
import { Button } from '@mantine/core';
import { IconMathFunction, IconSql } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useChartColors } from '../charts/chart-colors';
import classes from './metrics.module.css';
import { addExpression, seriesName } from './scratch';
import { SeriesRow } from './SeriesRow';
import { firstQuery } from './starting-points';
import { atPlace, useMetrics } from './store';
import type { Place } from './store';

const HEADS = ['Line', 'What', 'Label', 'Statistic', 'Period', 'Axis', 'Actions'];

/** A beginning that is already right: the lines there are, or a search. */
function firstExpression(ids: readonly string[]): string {
  const [first, second] = ids;
  if (first === undefined) {
    return `SEARCH('{AWS/EC2,InstanceId} MetricName="CPUUtilization"', 'Average')`;
  }
  return second === undefined ? `${first} * 1` : `${first} / ${second}`;
}

interface Props {
  place: Place;
  /** Why a line is not on the chart, by id. */
  notes: ReadonlyMap<string, string>;
}

export function SeriesTable({ place, notes }: Props) {
  const series = useMetrics((state) => state.widget.series);
  const change = useMetrics.getState().change;
  const { palette } = useChartColors();
  const ids = useMemo(() => new Map(series.map((one) => [one.id, seriesName(one)])), [series]);
  const expressions = useMemo(
    () =>
      new Map(
        series.flatMap(({ id, expression }) => (expression === null ? [] : [[id, expression]])),
      ),
    [series],
  );
  const drawn = series.filter((one) => one.visible);
  return (
    <div className={classes['lines']}>
      <div role="grid" aria-label="Lines of the chart">
        <div role="row" className={classes['seriesHeads']}>
          {HEADS.map((head) => (
            <span key={head} role="columnheader">
              <span className={head === 'Actions' ? 'nd-visually-hidden' : undefined}>{head}</span>
            </span>
          ))}
        </div>
        {series.map((spec) => (
          <SeriesRow
            key={spec.id}
            spec={spec}
            paletteColor={palette[Math.max(0, drawn.indexOf(spec)) % palette.length] ?? '#6ea8fe'}
            ids={ids}
            expressions={expressions}
            note={notes.get(spec.id) ?? null}
          />
        ))}
      </div>
      <div className={classes['addLine']}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMathFunction size={15} aria-hidden />}
          onClick={() =>
            change((widget) =>
              addExpression(
                widget,
                firstExpression(widget.series.map((one) => one.id)),
                atPlace(place),
              ),
            )
          }
        >
          Add expression
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSql size={15} aria-hidden />}
          onClick={() =>
            change((widget) => addExpression(widget, firstQuery(widget), atPlace(place)))
          }
        >
          Add Metrics Insights query
        </Button>
      </div>
    </div>
  );
}
