/** One line of the scratch chart: what it is and how it is drawn. */
import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core';
import { IconCopy, IconEye, IconEyeOff, IconX } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { SeriesSpec } from '../../shared/dashboards/dashboard';
import { isInsightsQuery } from '../../shared/dashboards/expression';
import { safeText } from '../ui/safe-text';
import { DraftField } from './DraftField';
import classes from './metrics.module.css';
import {
  copySeries,
  idProblem,
  patchSeries,
  removeSeries,
  renameSeries,
  seriesName,
} from './scratch';
import { StatisticField } from './StatisticField';
import { useMetrics } from './store';

// The editor is the largest part of the page, and most charts have no expression.
const MathEditor = lazy(async () => ({ default: (await import('./MathEditor')).MathEditor }));

/** Periods offered (s); CloudWatch keeps the shorter ones for a shorter time. */
const PERIODS: readonly [string, string][] = [
  ['', 'Auto'],
  ['1', '1 s'],
  ['10', '10 s'],
  ['60', '1 min'],
  ['300', '5 min'],
  ['900', '15 min'],
  ['3600', '1 h'],
  ['21600', '6 h'],
  ['86400', '1 day'],
];

function periodChoices(seconds: number | null): { value: string; label: string }[] {
  const choices = PERIODS.map(([value, label]) => ({ value, label }));
  const own = String(seconds ?? '');
  return choices.some(({ value }) => value === own)
    ? choices
    : [...choices, { value: own, label: `${own} s` }];
}

interface Props {
  spec: SeriesSpec;
  /** Colour it is drawn in while it has none of its own. */
  paletteColor: string;
  ids: ReadonlyMap<string, string>;
  expressions: ReadonlyMap<string, string>;
  /** Why it is not on the chart, one sentence. */
  note: string | null;
}

function What({ spec, ids, expressions }: Pick<Props, 'spec' | 'ids' | 'expressions'>) {
  const change = useMetrics.getState().change;
  if (spec.metric === null) {
    const sql = isInsightsQuery(spec.expression ?? '');
    return (
      <Suspense fallback={<code>{safeText(spec.expression ?? '')}</code>}>
        <MathEditor
          label={`${sql ? 'Query' : 'Expression'} ${spec.id}`}
          value={spec.expression ?? ''}
          ids={ids}
          self={spec.id}
          expressions={expressions}
          onCommit={(expression) =>
            change((widget) => patchSeries(widget, spec.id, { expression }))
          }
        />
      </Suspense>
    );
  }
  const { namespace, metricName, dimensions } = spec.metric;
  const elsewhere = [spec.accountId, spec.region].filter((part) => part !== null).join(' ');
  const where = dimensions.map(({ name, value }) => `${name}=${value}`).join('  ');
  return (
    <div className={classes['what']} title={safeText(`${namespace}  ${where}`)}>
      <span className={classes['metricName']}>{safeText(metricName)}</span>
      <span className={classes['dimensions']}>
        {elsewhere !== '' && <span className={classes['namespaceTag']}>{elsewhere} </span>}
        {safeText(where || namespace)}
      </span>
    </div>
  );
}

export function SeriesRow({ spec, paletteColor, ids, expressions, note }: Props) {
  const { change } = useMetrics.getState();
  const patch = (part: Partial<SeriesSpec>): void =>
    change((widget) => patchSeries(widget, spec.id, part));
  const name = safeText(seriesName(spec));
  return (
    <div role="row" className={classes['series']} data-hidden={!spec.visible} aria-label={name}>
      <span role="gridcell" className={classes['seriesHead']}>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Show ${spec.id}`}
          aria-pressed={spec.visible}
          onClick={() => patch({ visible: !spec.visible })}
        >
          {spec.visible ? <IconEye size={15} aria-hidden /> : <IconEyeOff size={15} aria-hidden />}
        </ActionIcon>
        <input
          type="color"
          className={classes['color']}
          aria-label={`Colour of ${spec.id}`}
          value={spec.color ?? paletteColor}
          onChange={(event) => patch({ color: event.currentTarget.value })}
        />
        <DraftField
          label={`Id of ${spec.id}`}
          value={spec.id}
          mono
          check={(text) => idProblem(useMetrics.getState().widget, spec.id, text)}
          onCommit={(id) => change((widget) => renameSeries(widget, spec.id, id))}
        />
      </span>
      <span role="gridcell" className={classes['whatCell']}>
        <What spec={spec} ids={ids} expressions={expressions} />
        {note !== null && <span className={classes['note']}>{safeText(note)}</span>}
      </span>
      <span role="gridcell" className={classes['labelCell']}>
        <DraftField
          label={`Label of ${spec.id}`}
          value={spec.label ?? ''}
          placeholder="Label"
          check={(text) => (text.length > 2_000 ? 'At most 2,000 characters.' : null)}
          onCommit={(label) => patch({ label: label.trim() === '' ? null : label })}
        />
      </span>
      <span role="gridcell" className={classes['statCell']}>
        {spec.metric !== null && (
          <StatisticField spec={spec} onCommit={(stat) => patch({ stat })} />
        )}
      </span>
      <span role="gridcell" className={classes['periodCell']}>
        <NativeSelect
          size="xs"
          aria-label={`Period of ${spec.id}`}
          data={periodChoices(spec.periodSeconds)}
          value={String(spec.periodSeconds ?? '')}
          onChange={(event) => {
            const { value } = event.currentTarget;
            patch({ periodSeconds: value === '' ? null : Number(value) });
          }}
        />
      </span>
      <span role="gridcell" className={classes['axisCell']}>
        <NativeSelect
          size="xs"
          aria-label={`Axis of ${spec.id}`}
          data={[
            { value: 'left', label: 'Left' },
            { value: 'right', label: 'Right' },
          ]}
          value={spec.axis}
          onChange={(event) =>
            patch({ axis: event.currentTarget.value === 'right' ? 'right' : 'left' })
          }
        />
      </span>
      <span role="gridcell" className={classes['rowActions']}>
        <Tooltip label="Copy this line">
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`Copy ${spec.id}`}
            onClick={() => change((widget) => copySeries(widget, spec.id))}
          >
            <IconCopy size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Take off the chart">
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`Remove ${spec.id}`}
            onClick={() => change((widget) => removeSeries(widget, spec.id))}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </span>
    </div>
  );
}
