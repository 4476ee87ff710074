/** Chooses log groups of every connection. */
import { Popover } from '@mantine/core';
import { useId, useState } from 'react';
import { connectionLabel, useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { useGroups } from '../groups';
import { isSameGroup, useLogs } from '../store';

const SHOWN = 300;

export function GroupPicker() {
  const groups = useGroups((state) => state.groups);
  const told = useGroups((state) => state.told);
  const chosen = useLogs((state) => state.chosen);
  const byId = useConnections((state) => state.byId);
  const [text, setText] = useState('');
  const id = useId();
  const wanted = text.trim().toLowerCase();
  const fitting = groups.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <div style={{ overflow: 'auto', padding: '8px 14px', minHeight: 0 }}>
      <input
        id={id}
        aria-label="Search log groups"
        placeholder="Search log groups"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p role="status">
        {told
          ? `${fitting.length.toLocaleString('en')} log groups${fitting.length > SHOWN ? `, the first ${SHOWN} shown` : ''}`
          : 'Asking for log groups…'}
      </p>
      {fitting.slice(0, SHOWN).map((group) => {
        const { connectionId, region, name } = group;
        return (
          <label key={`${connectionId}|${region}|${name}`} style={{ display: 'block' }}>
            <input
              type="checkbox"
              checked={chosen.some((one) => isSameGroup(one, group))}
              onChange={() => useLogs.getState().toggle({ connectionId, region, name })}
            />{' '}
            {safeText(name)} · {safeText(connectionLabel(byId, connectionId))} {region}
          </label>
        );
      })}
    </div>
  );
}

export function GroupPickerButton() {
  const count = useLogs((state) => state.chosen.length);
  return (
    <Popover position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button type="button">{count === 1 ? '1 group' : `${count} groups`}</button>
      </Popover.Target>
      <Popover.Dropdown mah={480} style={{ overflow: 'auto' }}>
        <GroupPicker />
      </Popover.Dropdown>
    </Popover>
  );
}
