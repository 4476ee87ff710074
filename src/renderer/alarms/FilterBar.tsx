/** The text filter and the menu of the rest. */
import { Checkbox, Popover, SegmentedControl } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { severities } from '../../shared/severity/severity';
import type { AlarmState } from '../../shared/alarms/alarm';
import { useAlarms } from '../stores/alarms';
import { useConnections } from '../stores/connections';
import { useList } from '../stores/list';
import { safeText } from '../ui/safe-text';
import { narrowedBy } from './filter';
import type { Sort } from './filter';
import classes from './FilterBar.module.css';
import { focusIds } from './focus';
import { groupNames } from './row-words';

const LONGEST_TEXT = 300;

export function FilterBar() {
  const text = useList((state) => state.filter.text);
  const narrow = useList((state) => state.narrow);
  return (
    <div className={classes['bar']} role="search">
      <label className={classes['field']}>
        <IconSearch size={14} aria-hidden />
        <span className="nd-visually-hidden">Filter alarms</span>
        <input
          id={focusIds.filter}
          type="search"
          placeholder="Filter alarms"
          autoComplete="off"
          spellCheck={false}
          maxLength={LONGEST_TEXT}
          value={text}
          onChange={(event) => narrow({ text: event.currentTarget.value })}
        />
        <kbd aria-hidden>/</kbd>
      </label>
      <FilterMenu />
    </div>
  );
}

function FilterMenu() {
  const used = useList((state) => narrowedBy(state.filter));
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes['menu']}
          data-used={used > 0}
          aria-label={used === 0 ? 'More filters' : `More filters, ${used} in use`}
        >
          <IconAdjustmentsHorizontal size={16} aria-hidden />
          {used > 0 && <span>{used}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <FilterFields />
      </Popover.Dropdown>
    </Popover>
  );
}

const states: { value: AlarmState; label: string }[] = [
  { value: 'ALARM', label: 'Alarm' },
  { value: 'OK', label: 'OK' },
  { value: 'INSUFFICIENT_DATA', label: 'No data' },
];
const sorts: { value: Sort; label: string }[] = [
  { value: 'severity', label: 'Severity' },
  { value: 'since', label: 'Newest' },
  { value: 'name', label: 'Name' },
];

function FilterFields() {
  const filter = useList((state) => state.filter);
  const narrow = useList((state) => state.narrow);
  const list = useConnections((state) => state.list);
  const rows = useAlarms((state) => state.index.byName);
  const regions = useMemo(() => [...new Set(rows.map((row) => row.region))].sort(), [rows]);
  return (
    <div className={classes['fields']}>
      <div>
        <div className={classes['legend']}>Order</div>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Order"
          data={sorts}
          value={filter.sort}
          onChange={(value) => {
            const chosen = sorts.find((one) => one.value === value);
            if (chosen !== undefined) narrow({ sort: chosen.value });
          }}
        />
      </div>
      <Choices
        legend="Severity"
        options={severities.map((value) => ({ value, label: groupNames[value] }))}
        chosen={filter.severities}
        onChange={(chosen) => narrow({ severities: chosen })}
      />
      <Choices
        legend="State"
        options={states}
        chosen={filter.states}
        // Without this, asking for OK within "Firing" would always find nothing.
        onChange={(chosen) => narrow({ states: chosen, scope: 'all' })}
      />
      <Choices
        legend="Connection"
        options={list.map(({ connection }) => ({ value: connection.id, label: connection.label }))}
        chosen={filter.connectionIds}
        onChange={(chosen) => narrow({ connectionIds: chosen })}
      />
      <Choices
        legend="Region"
        options={regions.map((value) => ({ value, label: value }))}
        chosen={filter.regions}
        onChange={(chosen) => narrow({ regions: chosen })}
      />
    </div>
  );
}

interface ChoicesProps<T extends string> {
  legend: string;
  options: readonly { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

function Choices<T extends string>({ legend, options, chosen, onChange }: ChoicesProps<T>) {
  if (options.length === 0) return null;
  return (
    <fieldset className={classes['choices']}>
      <legend className={classes['legend']}>{legend}</legend>
      {options.map(({ value, label }) => (
        <Checkbox
          key={value}
          size="xs"
          label={safeText(label)}
          checked={chosen.includes(value)}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked
                ? [...chosen, value]
                : chosen.filter((one) => one !== value),
            )
          }
        />
      ))}
    </fieldset>
  );
}
