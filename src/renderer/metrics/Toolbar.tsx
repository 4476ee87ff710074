/** Over the chart: its title, how it is drawn, and what to do with it. */
import { ActionIcon, Button, Menu, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { MetricView, MetricWidget } from '../../shared/dashboards/dashboard';
import { copySource, saveAsFile } from './actions';
import classes from './metrics.module.css';
import { emptyScratch } from './scratch';
import { useMetrics } from './store';
import type { Place } from './store';

const VIEWS: { value: MetricView; label: string }[] = [
  { value: 'timeSeries', label: 'Lines' },
  { value: 'stacked', label: 'Stacked' },
  { value: 'singleValue', label: 'Numbers' },
  { value: 'gauge', label: 'Gauges' },
  { value: 'bar', label: 'Bars' },
  { value: 'pie', label: 'Pie' },
  { value: 'table', label: 'Table' },
];

interface IconProps {
  label: string;
  disabled?: boolean;
  onClick(): void;
  children: ReactNode;
}

function ToolIcon({ label, disabled = false, onClick, children }: IconProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

interface Props {
  place: Place;
  onPut(): void;
}

function SaveMenu({ place, onPut }: Props) {
  const empty = useMetrics((state) => state.widget.series.length === 0);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" disabled={empty}>
          Save
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saveAsFile(place)}>As a dashboard file…</Menu.Item>
        <Menu.Item onClick={onPut}>Put into the account…</Menu.Item>
        <Menu.Item onClick={() => void copySource(place)}>Copy as source</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function isView(value: string): value is MetricView {
  return VIEWS.some((view) => view.value === value);
}

export function Toolbar({ place, onPut }: Props) {
  const widget = useMetrics((state) => state.widget);
  const canUndo = useMetrics((state) => state.past.length > 0);
  const canRedo = useMetrics((state) => state.future.length > 0);
  const { change, retitle, undo, redo } = useMetrics.getState();
  const draw =
    (view: MetricView) =>
    (current: MetricWidget): MetricWidget => ({ ...current, view });
  return (
    <div className={classes['toolbar']}>
      <TextInput
        className={classes['title']}
        size="xs"
        variant="unstyled"
        aria-label="Title of the chart"
        placeholder="Untitled chart"
        maxLength={255}
        value={widget.title}
        onChange={(event) => retitle(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label="Drawn as"
        data={VIEWS}
        value={widget.view}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (isView(value)) change(draw(value));
        }}
      />
      <span className={classes['tools']}>
        <ToolIcon label="Undo" disabled={!canUndo} onClick={undo}>
          <IconArrowBackUp size={16} aria-hidden />
        </ToolIcon>
        <ToolIcon label="Redo" disabled={!canRedo} onClick={redo}>
          <IconArrowForwardUp size={16} aria-hidden />
        </ToolIcon>
        <ToolIcon
          label="Clear the chart"
          disabled={widget.series.length === 0}
          onClick={() => change(() => emptyScratch())}
        >
          <IconTrash size={16} aria-hidden />
        </ToolIcon>
      </span>
      <SaveMenu place={place} onPut={onPut} />
    </div>
  );
}
