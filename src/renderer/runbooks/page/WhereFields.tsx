/** For which alarm the run is, and in which account and region. */
import { NativeSelect, Select } from '@mantine/core';
import { useMemo } from 'react';
import { isFiring } from '../../alarms/filter';
import { useAlarms } from '../../stores/alarms';
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { useRunbooks } from '../store';
import type { Place } from '../store';
import classes from './page.module.css';

const NO_ALARM = 'none';

function AlarmField() {
  const alarmKey = useRunbooks((state) => state.alarmKey);
  const index = useAlarms((state) => state.index);
  const labels = useConnections((state) => state.labels);
  const data = useMemo(() => {
    const rows = index.byName.filter((row) => isFiring(row) || row.key === alarmKey);
    return [
      { value: NO_ALARM, label: 'No alarm' },
      ...rows.map((row) => ({
        value: row.key,
        label: `${safeText(row.name)} · ${safeText(labels.get(row.connectionId) ?? row.connectionId)} ${row.region}${isFiring(row) ? '' : ' · not firing'}`,
      })),
    ];
  }, [index, alarmKey, labels]);
  const known = alarmKey !== null && data.some(({ value }) => value === alarmKey);
  return (
    <Select
      label="For the alarm"
      size="xs"
      searchable
      allowDeselect={false}
      value={known ? alarmKey : NO_ALARM}
      data={data}
      nothingFoundMessage="No firing alarm is called that."
      onChange={(value) =>
        useRunbooks.getState().forAlarm(value === null || value === NO_ALARM ? null : value)
      }
    />
  );
}

export function WhereFields({ place }: { place: Place | null }) {
  const list = useConnections((state) => state.list);
  const { at } = useRunbooks.getState();
  const chosen = list.find(({ connection }) => connection.id === place?.connectionId)?.connection;
  const regions = chosen?.regions ?? [];
  const offered =
    place === null || regions.includes(place.region) ? regions : [place.region, ...regions];
  return (
    <div className={classes['fields']}>
      <AlarmField />
      <NativeSelect
        label="Connection"
        size="xs"
        value={place?.connectionId ?? ''}
        data={list.map(({ connection }) => ({
          value: connection.id,
          label: `${safeText(connection.label)}${connection.readOnly ? ' (read-only)' : ''}`,
        }))}
        onChange={(event) => {
          const id = event.currentTarget.value;
          const next = list.find(({ connection }) => connection.id === id)?.connection;
          if (next === undefined) return;
          const region =
            place !== null && next.regions.includes(place.region) ? place.region : next.regions[0];
          if (region !== undefined) at({ connectionId: id, region });
        }}
      />
      <NativeSelect
        label="Region"
        size="xs"
        value={place?.region ?? ''}
        data={offered}
        onChange={(event) => {
          if (place !== null) at({ ...place, region: event.currentTarget.value });
        }}
      />
    </div>
  );
}
