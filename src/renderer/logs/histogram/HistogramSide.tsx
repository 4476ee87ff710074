/** Beside the bars: what they are stacked by, what the tones mean, the way back from a zoom, the numbers. */
import { Popover } from '@mantine/core';
import { IconTable, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { useId } from 'react';
import { useChartColors } from '../../charts/chart-colors';
import { safeText } from '../../ui/safe-text';
import { usePane, usePaneStore } from '../events/pane';
import { useFields } from '../facets/use-fields';
import type { Gap } from './gaps';
import classes from './histogram.module.css';
import { HistogramTable } from './HistogramTable';
import { toneColor } from './paint';
import type { Shown } from './use-histogram';
import { countWords } from './words';
import { zoomBack, zoomOut } from './zoom-history';

export interface HistogramSideProps {
  by: string | null;
  onBy(by: string | null): void;
  shown: Shown;
  gaps: readonly Gap[];
}

const NONE = '';

export function HistogramSide({ by, onBy, shown, gaps }: HistogramSideProps) {
  const id = useId();
  const fields = useFields();
  const few = fields.columns.filter((one) => one.few).map((one) => one.path);
  const choices = ['@level', '@group', '@stream', ...few];
  if (by !== null && !choices.includes(by)) choices.push(by);
  return (
    <div className={classes['side']}>
      <div className={classes['tools']}>
        <label htmlFor={id}>by</label>
        <select
          id={id}
          aria-label="Stack the events by"
          value={by ?? NONE}
          onChange={({ currentTarget }) =>
            onBy(currentTarget.value === NONE ? null : currentTarget.value)
          }
        >
          {choices.map((path) => (
            <option key={path} value={path}>
              {path.startsWith('@') ? path.slice(1) : safeText(path)}
            </option>
          ))}
          <option value={NONE}>nothing, only count</option>
        </select>
        <Zoomed />
        <Numbers shown={shown} gaps={gaps} />
      </div>
      <Legend shown={shown} />
    </div>
  );
}

function Numbers({ shown, gaps }: Pick<HistogramSideProps, 'shown' | 'gaps'>) {
  return (
    <Popover position="bottom-end" shadow="md" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes['tool']}
          aria-label="Events over time, as numbers"
          title="As numbers"
        >
          <IconTable size={15} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Events over time, as a table">
        <HistogramTable shown={shown} gaps={gaps} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Zoomed() {
  const pane = usePaneStore();
  const zoom = usePane((state) => state.zoom);
  if (zoom === null) return null;
  return (
    <>
      <button
        type="button"
        className={classes['tool']}
        aria-label="Zoom back"
        title="Back to the zoom before (double click, Escape)"
        onClick={() => zoomBack(pane)}
      >
        <IconZoomOut size={15} aria-hidden />
      </button>
      <button
        type="button"
        className={classes['tool']}
        aria-label="Whole time"
        title="The whole time"
        onClick={() => zoomOut(pane)}
      >
        <IconZoomReset size={15} aria-hidden />
      </button>
    </>
  );
}

function Legend({ shown: { stacks } }: { shown: Shown }) {
  const colors = useChartColors();
  if (stacks === null) return null;
  return (
    <ul className={classes['legend']} aria-label="Events on show">
      {stacks.series.map(({ label, tone, total }) => (
        <li key={label}>
          <i style={{ background: toneColor(tone, colors) }} />
          {label} <b>{countWords(total)}</b>
        </li>
      ))}
    </ul>
  );
}
