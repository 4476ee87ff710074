/** Title, what is wrong, how old, and what can be done with a widget. */
import { Menu, Popover, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconDots,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Widget } from '../../shared/dashboards/dashboard';
import { writeBody } from '../../shared/dashboards/write-body';
import { copyText } from '../alarms/actions';
import { safeText } from '../ui/safe-text';
import { useDashboards } from './store';
import { titleOf } from './widget-words';
import classes from './widget.module.css';

export interface WidgetAction {
  label: string;
  disabled?: boolean;
  run(): void;
}

interface Props {
  widget: Widget;
  full: boolean;
  /** Beside the widget's own: what only its kind can do. */
  actions: readonly WidgetAction[];
  /** What CloudWatch says about its data, after what reading it found. */
  notes?: readonly string[];
  /** Age, paused … */
  state?: ReactNode;
}

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  const label = problems.length === 1 ? '1 remark' : `${problems.length} remarks`;
  return (
    <Popover position="bottom-end" shadow="md" width={320} withinPortal>
      <Popover.Target>
        <button type="button" className={classes['icon']} data-warn aria-label={label}>
          <IconAlertTriangle size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={classes['problems']}>
          {problems.map((problem) => (
            <li key={problem}>{safeText(problem)}</li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A dashboard body with this widget alone: pasted into CloudWatch's source view, or kept as a file, it is a dashboard. */
const bodyOf = (widget: Widget): string =>
  writeBody({
    name: titleOf(widget),
    widgets: [{ ...widget, x: 0, y: 0 }],
    range: null,
    periodOverride: 'auto',
    refreshSeconds: null,
  });

const nothing: readonly string[] = [];

export function WidgetHead({ widget, full, actions, notes = nothing, state }: Props) {
  const title = safeText(titleOf(widget));
  const made = widget.title.trim() === '';
  const floating = made && widget.kind === 'text';
  const { showFull } = useDashboards.getState();
  const FullIcon = full ? IconArrowsMinimize : IconArrowsMaximize;
  return (
    <figcaption className={classes['head']} data-floating={floating}>
      {!floating && (
        <span className={classes['title']} title={title} data-made={made}>
          {title}
        </span>
      )}
      <Tooltip label={full ? 'Back to the dashboard (Esc)' : 'Full screen (f)'}>
        <button
          type="button"
          className={classes['icon']}
          data-quiet
          aria-label={full ? 'Leave full screen' : `Full screen: ${title}`}
          onClick={() => showFull(full ? null : widget.id)}
        >
          <FullIcon size={14} aria-hidden />
        </button>
      </Tooltip>
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <button
            type="button"
            className={classes['icon']}
            data-quiet
            aria-label={`Menu: ${title}`}
          >
            <IconDots size={15} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ label, disabled, run }) => (
            <Menu.Item key={label} disabled={disabled} onClick={run}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => void copyText(bodyOf(widget), 'the widget as CloudWatch JSON')}>
            Copy as CloudWatch JSON
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {state}
      <Problems problems={[...new Set([...widget.problems, ...notes])]} />
    </figcaption>
  );
}
